using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Lessons;

/// <summary>A tokenizer as cells talk to it: text to tokens and back, in one vocabulary.</summary>
/// <remarks>What is missing here is in <see cref="Tokenizer"/>, the package's own.</remarks>
/// <example><code>Tokenizers.Gpt4.Count("unhappiness")</code></example>
public sealed class LessonTokenizer : Displayable
{
    internal LessonTokenizer(string name, Tokenizer tokenizer, int size) => (Name, Tokenizer, Size) = (name, tokenizer, size);

    /// <summary>Whose vocabulary it is, such as <c>GPT-4</c>.</summary>
    public string Name { get; }

    /// <summary>The package's tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>How many tokens the vocabulary has, marks included.</summary>
    public int Size { get; }

    /// <summary>The ids of a text's tokens.</summary>
    public int[] Ids(string text) => Tokenizer.Encode(text);

    /// <summary>How many tokens a text has.</summary>
    public int Count(string text) => Ids(text).Length;

    /// <summary>What these ids say.</summary>
    public string Text(params IEnumerable<int> ids) => Tokenizer.Decode(ids, skipSpecialTokens: false);

    /// <summary>The pieces of a text.</summary>
    public IReadOnlyList<string> Pieces(string text) => [.. Ids(text).Select(Tokenizer.Piece)];

    /// <summary>The pieces of a text with their ids, under the name of the vocabulary.</summary>
    public TokenStrip Tokens(string text) => TokenStrip.Of(Tokenizer, text).Titled(Name);

    /// <summary>The pieces of these ids, under the name of the vocabulary.</summary>
    public TokenStrip Tokens(params IEnumerable<int> ids) => TokenStrip.Of(Tokenizer, ids).Titled(Name);

    /// <summary>What a stream may print after each token of a text: nothing while a character is not whole.</summary>
    public IReadOnlyList<(string Piece, string Printed)> Stream(string text)
    {
        var decoder = Tokenizer.CreateDecoder();
        return [.. Ids(text).Select(id => (Tokenizer.Piece(id), decoder.Add(id)))];
    }

    /// <summary>The merges that make the pieces of one word, from single bytes on.</summary>
    /// <exception cref="TokenizerException">It is not a byte-level BPE of this engine, as Alice's is.</exception>
    public MergeSteps Merges(string word) => MergeSteps.Of(Tokenizer.Trace(word));

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display(ToText(), Markup.Html("p", ToText())));

    /// <inheritdoc/>
    public override string ToText() => $"{Name}: {NumberFormat.Of(Size)} tokens";
}

/// <summary>Published vocabularies, to hold beside a model's own. Only the tokenizers are here, not the models.</summary>
public static class Tokenizers
{
    private static readonly Lazy<LessonTokenizer> _gpt2 = new(() => Published("GPT-2", "gpt2"));
    private static readonly Lazy<LessonTokenizer> _gpt4 = new(() => Published("GPT-4", "gpt-4"));
    private static readonly Lazy<LessonTokenizer> _gpt4o = new(() => Published("GPT-4o", "gpt-4o"));

    /// <summary>GPT-2's, of 2019: 50,257 tokens.</summary>
    public static LessonTokenizer Gpt2 => _gpt2.Value;

    /// <summary>GPT-4's, of 2023, called cl100k: 100,277 tokens.</summary>
    public static LessonTokenizer Gpt4 => _gpt4.Value;

    /// <summary>GPT-4o's, of 2024, called o200k: 200,019 tokens.</summary>
    public static LessonTokenizer Gpt4o => _gpt4o.Value;

    // The marks have the highest ids in all three.
    private static LessonTokenizer Published(string name, string model)
    {
        var tokenizer = TiktokenTokenizer.CreateForModel(model);
        return new(name, tokenizer, tokenizer.SpecialTokens!.Values.Max() + 1);
    }
}
