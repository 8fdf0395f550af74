namespace LlmRabbitHoles.Training;

/// <summary>Packs texts of any length into rows with little padding: the longest waiting text that fits comes next.</summary>
/// <remarks>Krell et al. 2021, arXiv:2107.02027. Rows have two lengths, because attention costs more per token in a long row. Texts
/// longer than a short row wait until they fill most of a batch of long rows. A text longer than a long row is split.</remarks>
public sealed class Packer
{
    private const int MaxWaiting = 256;
    private const double LongBatchFill = 0.75;

    private readonly IReadOnlyList<Example> _examples;
    private readonly TrainingOptions _options;
    private readonly int _seed;
    private readonly double _openRows;

    /// <summary>Packs these texts.</summary>
    /// <param name="examples">At least one has two tokens or more.</param>
    /// <param name="options">Gives the batch size and the two row lengths.</param>
    /// <param name="seed">Decides the order of texts. Each epoch has its own order.</param>
    /// <param name="openRows">Share of rows whose texts attend to each other. With it a model of short texts still learns to read a full
    /// context.</param>
    /// <exception cref="ArgumentException">No text has two tokens or more.</exception>
    public Packer(IReadOnlyList<Example> examples, TrainingOptions options, int seed, double openRows = 0)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        if (!examples.Any(e => e.Tokens.Length > 1))
            throw new ArgumentException(
                $"None of the {examples.Count} texts has two tokens or more. Add longer texts to train on.", nameof(examples));
        (_examples, _options, _seed, _openRows) = (examples, options, seed, openRows);
    }

    private int LongTime => Math.Max(_options.Time, _options.LongTime);

    /// <summary>A batch of long rows has about as many tokens as a batch of short rows.</summary>
    private int LongBatchSize => Math.Max(1, _options.Rows * _options.Time / LongTime);

    /// <summary>An endless sequence of batches, the same on every call. Each epoch holds every text once.</summary>
    public IEnumerable<PackedBatch> Batches()
    {
        var texts = new WaitingTexts(Epochs(), _options.Time);
        var random = new Random(_seed);
        while (true)
        {
            texts.Refill();
            var isLong = texts.LongTokens >= LongBatchFill * LongBatchSize * LongTime || !texts.HasShort;
            yield return isLong ? Fill(texts, random, LongBatchSize, LongTime) : Fill(texts, random, _options.Rows, _options.Time);
        }
    }

    private PackedBatch Fill(WaitingTexts texts, Random random, int batchSize, int time)
    {
        var batch = PackedBatch.Empty(batchSize, time);
        for (var row = 0; row < batchSize; row++)
        {
            var (used, open) = (0, random.NextDouble() < _openRows);
            for (var document = 1; texts.TakeLongest(time - used) is { } text; document += open ? 0 : 1)
            {
                batch.Write(text, (row * time) + used, document);
                used += text.Tokens.Length;
            }
        }
        return batch;
    }

    private IEnumerable<IEnumerable<Example>> Epochs()
    {
        for (var epoch = 0; ; epoch++)
        {
            var order = Enumerable.Range(0, _examples.Count).ToArray();
            new Random(unchecked((_seed * 1_000_003) + epoch)).Shuffle(order);
            yield return order.SelectMany(index => Split(_examples[index]));
        }
    }

    private IEnumerable<Example> Split(Example text)
    {
        for (var from = 0; from < text.Tokens.Length; from += LongTime)
        {
            var to = Math.Min(from + LongTime, text.Tokens.Length);
            if (to - from > 1) yield return new Example(text.Tokens[from..to], text.Learn[from..to]);
        }
    }

    /// <summary>The next texts of the current epoch, sorted by length. A new epoch begins after the last text of the old one.</summary>
    /// <param name="epochs">The texts of each epoch.</param>
    /// <param name="shortTime">A text with more tokens than this is long.</param>
    private sealed class WaitingTexts(IEnumerable<IEnumerable<Example>> epochs, int shortTime)
    {
        private readonly SortedDictionary<int, Queue<Example>> _byLength = new(Comparer<int>.Create((a, b) => b - a));
        private readonly IEnumerator<IEnumerable<Example>> _epochs = epochs.GetEnumerator();
        private IEnumerator<Example> _texts = Enumerable.Empty<Example>().GetEnumerator();
        private int _count;

        /// <summary>The number of tokens in the waiting long texts.</summary>
        public int LongTokens { get; private set; }

        public bool HasShort => _byLength.Keys.LastOrDefault(int.MaxValue) <= shortTime;

        public Example? TakeLongest(int room)
        {
            Refill();
            foreach (var (length, queue) in _byLength)
            {
                if (length > room) continue;
                _count--;
                if (length > shortTime) LongTokens -= length;
                var text = queue.Dequeue();
                if (queue.Count == 0) _byLength.Remove(length);
                return text;
            }
            return null;
        }

        public void Refill()
        {
            while (_count < MaxWaiting && _texts.MoveNext()) Add(_texts.Current);
            if (_count > 0) return;
            _epochs.MoveNext();
            _texts = _epochs.Current.GetEnumerator();
            while (_count < MaxWaiting && _texts.MoveNext()) Add(_texts.Current);
        }

        private void Add(Example text)
        {
            if (!_byLength.TryGetValue(text.Tokens.Length, out var queue)) _byLength[text.Tokens.Length] = queue = new Queue<Example>();
            queue.Enqueue(text);
            _count++;
            if (text.Tokens.Length > shortTime) LongTokens += text.Tokens.Length;
        }
    }
}
