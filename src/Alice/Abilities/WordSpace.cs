using System.Numerics.Tensors;
using System.Text;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>
/// The words that are one token of a model, as points: the rows of its embedding table, in which directions have meaning.
/// </summary>
/// <remarks>A word stands with the space before it, as it does in the middle of a text. Mikolov et al. 2013, "Linguistic
/// Regularities in Continuous Space Word Representations".</remarks>
public sealed class WordSpace
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<float[]> _points = [];

    /// <summary>Reads a model's table.</summary>
    /// <param name="model">Lent; with a tokenizer.</param>
    /// <exception cref="PromptException">The model has no tokenizer.</exception>
    public WordSpace(LanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var tokenizer = model.Tokenizer;
        using var scope = NewDisposeScope();
        var table = model.Decoder.Embeddings.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        var width = model.Config.HiddenSize;
        var specials = tokenizer.SpecialTokens.Values.ToHashSet();
        for (var id = 0; id < tokenizer.VocabularySize && (id + 1) * width <= table.Length; id++)
            if (!specials.Contains(id) && Word(tokenizer.BytesOf(id)) is { } word && _places.TryAdd(word, _words.Count))
                Add(word, table.AsSpan(id * width, width));
    }

    /// <summary>Places points by hand.</summary>
    internal WordSpace(IEnumerable<(string Word, float[] Point)> points)
    {
        foreach (var (word, point) in points)
        {
            _places.Add(word, _words.Count);
            Add(word, point);
        }
    }

    /// <summary>How many words it has.</summary>
    public int Count => _words.Count;

    /// <summary>Whether a word is one token.</summary>
    public bool Has(string word) => _places.ContainsKey(word);

    /// <summary>What c is to, as a is to b: the words nearest by angle to b - a + c, nearest first, these three left out.</summary>
    /// <param name="a">A word of the space: man.</param>
    /// <param name="b">What it becomes: woman.</param>
    /// <param name="c">Another: king.</param>
    /// <param name="count">How many answers.</param>
    /// <exception cref="KeyNotFoundException">One of them is not a token.</exception>
    public IReadOnlyList<string> Complete(string a, string b, string c, int count)
    {
        float[] target = [.. Point(b)];
        TensorPrimitives.Subtract(target, Point(a), target);
        TensorPrimitives.Add(target, Point(c), target);
        return Nearest(target, a, b, c, count);
    }

    /// <summary>The words nearest to one by angle, nearest first, itself and two others left out.</summary>
    /// <param name="word">A word of the space.</param>
    /// <param name="count">How many.</param>
    /// <param name="a">Left out.</param>
    /// <param name="b">Left out.</param>
    /// <exception cref="KeyNotFoundException">The word is not a token.</exception>
    public IReadOnlyList<string> Nearest(string word, int count, string a = "", string b = "") => Nearest(Point(word), a, b, word, count);

    private IReadOnlyList<string> Nearest(float[] target, string a, string b, string c, int count) =>
        [.. Enumerable.Range(0, Count)
            .Where(place => _words[place] != a && _words[place] != b && _words[place] != c)
            .Select(place => (Word: _words[place], Nearness: TensorPrimitives.Dot<float>(target, _points[place])))
            .OrderByDescending(candidate => candidate.Nearness).Take(count).Select(candidate => candidate.Word)];

    private float[] Point(string word) => _points[_places[word]];

    // Points lie on the unit sphere, so that neither a common word nor a rare one pulls harder.
    private void Add(string word, ReadOnlySpan<float> point)
    {
        var unit = new float[point.Length];
        TensorPrimitives.Divide(point, Math.Max(TensorPrimitives.Norm(point), 1e-12f), unit);
        _words.Add(word);
        _points.Add(unit);
    }

    /// <summary>The word of a token that is a space and letters.</summary>
    private static string? Word(byte[] bytes) =>
        bytes is [(byte)' ', _, ..]
            && bytes.AsSpan(1).IndexOfAnyExceptInRange((byte)'A', (byte)'z') < 0
            && bytes.AsSpan(1).IndexOfAnyInRange((byte)'[', (byte)'`') < 0
            ? Encoding.ASCII.GetString(bytes, 1, bytes.Length - 1)
            : null;
}
