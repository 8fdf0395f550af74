using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tracing;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons;

public sealed partial class LessonModel
{
    /// <summary>The pieces of a text, with their ids.</summary>
    public TokenStrip Tokens(string text) => TokenStrip.Of(Model.Tokenizer, Ids(text));

    /// <summary>The ids of a text's tokens.</summary>
    public int[] Ids(string text) => Model.Tokenizer.Encode(text);

    /// <summary>The row of the embedding table that belongs to a token.</summary>
    /// <exception cref="ArgumentException">The text is not one token.</exception>
    public Vector Row(string token) => Row(IdOf(token));

    /// <summary>The row of the embedding table with that number.</summary>
    public Vector Row(int id)
    {
        using var scope = NewDisposeScope();
        return ToVector(Model.Decoder.Embeddings[(long)id], Model.Tokenizer.Piece(id));
    }

    /// <summary>The tokens that are a word of at least three letters with the space before it, by id.</summary>
    public IReadOnlyList<string> Words => [.. Enumerable.Range(0, Vocabulary).Select(Model.Tokenizer.Piece)
        .Where(piece => piece.Length > 3 && piece[0] == ' ' && piece.Skip(1).All(char.IsLetter))];

    /// <summary>The tokens whose rows point most in the direction of a vector, nearest first.</summary>
    /// <param name="direction">Any vector of the model's width.</param>
    /// <param name="count">How many. Default 5.</param>
    public IReadOnlyList<(string Token, double Cosine)> Nearest(Vector direction, int count = 5)
    {
        ArgumentNullException.ThrowIfNull(direction);
        using var scope = NewDisposeScope();
        var rows = Model.Decoder.Embeddings.to(ScalarType.Float32).cpu();
        var wanted = tensor(direction.Numbers.ToArray());
        var cosines = rows.matmul(wanted) / (rows.norm(1) * wanted.norm());
        var (values, ids) = cosines.topk(count);
        return [.. values.data<float>().ToArray().Zip(ids.data<long>().ToArray())
            .Select(pair => (Model.Tokenizer.Piece((int)pair.Second), (double)pair.First))];
    }

    /// <summary>What stands for a text's last token after a layer: its hidden state.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="layer">From 0; the layer after which to look.</param>
    public Vector Hidden(string text, int layer) => Hidden(text)[layer + 1][^1];

    /// <summary>What stands for each token, from the embedding to the last layer.</summary>
    /// <returns>[layers + 1][tokens]: first the embeddings, then the states after each layer.</returns>
    public Vector[][] Hidden(string text)
    {
        var ids = Ids(text);
        using var scope = NewDisposeScope();
        using var trace = new ActivationTrace("embed_tokens.output", "layers.*.output");
        Model.Logits(ids, trace, _pass);
        string[] pieces = [.. ids.Select(Model.Tokenizer.Piece)];
        return [.. trace.Names.Select(name => trace[name][0].to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray()
            .Chunk(Width).Zip(pieces, (state, piece) => new Vector(state, piece)).ToArray())];
    }

    /// <summary>The vector that scores what comes next: the last token's state after the last layer and the final norm.</summary>
    /// <param name="text">Any text.</param>
    /// <remarks>A token's score is the dot product of this vector with its row, where the model is tied.</remarks>
    public Vector Final(string text)
    {
        using var scope = NewDisposeScope();
        using var trace = new ActivationTrace("norm.output");
        Model.Logits(Ids(text), trace, _pass);
        return ToVector(trace["norm.output"][0, -1], "what comes next");
    }

    /// <summary>What may come next after a text.</summary>
    public Distribution Next(string text) => After(Ids(text))[^1];

    /// <summary>What may come next after these tokens.</summary>
    /// <param name="ids">At least one.</param>
    public Distribution Next(IReadOnlyList<int> ids) => AfterAll(ids);

    /// <summary>What may come next after each token of a text.</summary>
    /// <returns>[tokens]</returns>
    public Distribution[] AfterEach(string text) => After(Ids(text));

    /// <summary>How surprised the model is by a text: the mean over its tokens, the first left out, of -ln(probability). In nats.</summary>
    /// <exception cref="ArgumentException">The text has fewer than two tokens.</exception>
    public double Loss(string text)
    {
        var ids = Ids(text);
        return ids.Length >= 2 ? Loss(ids)
            : throw new ArgumentException($"'{text}' has {ids.Length} tokens; a loss needs two or more.", nameof(text));
    }

    /// <summary>How surprised the model is by these tokens, as for a text.</summary>
    /// <param name="ids">Two or more.</param>
    /// <exception cref="ArgumentException">There are fewer than two ids.</exception>
    public double Loss(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count < 2) throw new ArgumentException($"A loss needs two or more tokens; there are {ids.Count}.", nameof(ids));
        using var scope = NewDisposeScope();
        var targets = tensor(ids.Skip(1).Select(id => (long)id).ToArray());
        return nn.functional.cross_entropy(Model.Logits(ids, pass: _pass).narrow(0, 0, ids.Count - 1), targets).item<float>();
    }

    private Distribution[] After(IReadOnlyList<int> ids)
    {
        using var scope = NewDisposeScope();
        return Distributions(Model.Logits(ids, pass: _pass));
    }

    private int IdOf(string token) => Model.Tokenizer.IdOf(token) ?? throw new ArgumentException(
        $"'{token}' is not one token; its pieces are {string.Join(" ", Ids(token).Select(id => $"'{Model.Tokenizer.Piece(id)}'"))}. " +
        "Name one of them; a space before a word belongs to it.");

    private static Vector ToVector(Tensor row, string name) => new(row.to(ScalarType.Float32).cpu().data<float>().ToArray(), name);
}
