namespace LlmRabbitHoles.Training;

/// <summary>Lays texts of any length into rows of one length, wasting little: the longest waiting text that still fits comes next.</summary>
/// <remarks>Krell et al. 2021, arXiv:2107.02027. A text longer than a row is cut into rows.</remarks>
public sealed class Packer
{
    private const int Waiting = 256;

    private readonly IReadOnlyList<Example> _examples;
    private readonly int _rows;
    private readonly int _time;
    private readonly int _seed;
    private readonly double _openRows;

    /// <summary>A packer over these texts.</summary>
    /// <param name="examples">At least one.</param>
    /// <param name="rows">Rows a batch.</param>
    /// <param name="time">Tokens a row.</param>
    /// <param name="seed">Decides the order of texts, anew for each epoch.</param>
    /// <param name="openRows">Share of rows whose texts see each other, so that a model whose texts are short still learns to read
    /// a full context.</param>
    public Packer(IReadOnlyList<Example> examples, int rows, int time, int seed, double openRows = 0)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (!examples.Any(e => e.Tokens.Length > 1))
            throw new ArgumentException("There is nothing to train on: no text has two tokens or more.", nameof(examples));
        (_examples, _rows, _time, _seed, _openRows) = (examples, rows, time, seed, openRows);
    }

    /// <summary>Batches without end, the same ones in the same order each time it is asked. Every text comes once an epoch.</summary>
    public IEnumerable<PackedBatch> Batches()
    {
        var texts = new WaitingTexts(Epochs());
        var random = new Random(_seed);
        while (true) yield return Fill(texts, random);
    }

    private PackedBatch Fill(WaitingTexts texts, Random random)
    {
        var batch = Empty();
        for (var row = 0; row < _rows; row++)
        {
            var (used, open) = (0, random.NextDouble() < _openRows);
            for (var document = 1; texts.TakeLongest(_time - used) is { } text; document += open ? 0 : 1)
            {
                Write(text, batch, (row * _time) + used, document);
                used += text.Tokens.Length;
            }
        }
        return batch;
    }

    private PackedBatch Empty()
    {
        var targets = new long[_rows * _time];
        Array.Fill(targets, PackedBatch.Ignored);
        return new PackedBatch(new long[targets.Length], targets, new long[targets.Length], _rows, _time);
    }

    private static void Write(Example text, PackedBatch batch, int at, int document)
    {
        for (var i = 0; i < text.Tokens.Length; i++)
        {
            batch.Inputs[at + i] = text.Tokens[i];
            batch.Documents[at + i] = document;
            if (i + 1 < text.Tokens.Length && text.Learn[i + 1]) batch.Targets[at + i] = text.Tokens[i + 1];
        }
    }

    private IEnumerable<IEnumerable<Example>> Epochs()
    {
        for (var epoch = 0; ; epoch++)
        {
            var order = Enumerable.Range(0, _examples.Count).ToArray();
            new Random(unchecked((_seed * 1_000_003) + epoch)).Shuffle(order);
            yield return order.SelectMany(index => Cut(_examples[index]));
        }
    }

    private IEnumerable<Example> Cut(Example text)
    {
        for (var from = 0; from < text.Tokens.Length; from += _time)
        {
            var to = Math.Min(from + _time, text.Tokens.Length);
            if (to - from > 1) yield return new Example(text.Tokens[from..to], text.Learn[from..to]);
        }
    }

    /// <summary>The next texts of the current epoch by length; a new epoch begins when the last text of the old one is taken.</summary>
    private sealed class WaitingTexts(IEnumerable<IEnumerable<Example>> epochs)
    {
        private readonly SortedDictionary<int, Queue<Example>> _byLength = new(Comparer<int>.Create((a, b) => b - a));
        private readonly IEnumerator<IEnumerable<Example>> _epochs = epochs.GetEnumerator();
        private IEnumerator<Example> _texts = Enumerable.Empty<Example>().GetEnumerator();
        private int _count;

        public Example? TakeLongest(int room)
        {
            Refill();
            foreach (var (length, queue) in _byLength)
            {
                if (length > room) continue;
                _count--;
                var text = queue.Dequeue();
                if (queue.Count == 0) _byLength.Remove(length);
                return text;
            }
            return null;
        }

        private void Refill()
        {
            while (_count < Waiting && _texts.MoveNext()) Add(_texts.Current);
            if (_count > 0) return;
            _epochs.MoveNext();
            _texts = _epochs.Current.GetEnumerator();
            while (_count < Waiting && _texts.MoveNext()) Add(_texts.Current);
        }

        private void Add(Example text)
        {
            if (!_byLength.TryGetValue(text.Tokens.Length, out var queue)) _byLength[text.Tokens.Length] = queue = new Queue<Example>();
            queue.Enqueue(text);
            _count++;
        }
    }
}
