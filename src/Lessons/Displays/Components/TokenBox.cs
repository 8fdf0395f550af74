using System.Buffers.Binary;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>A place to type a text and to see its tokens, their ids, and how they are merged from bytes, step by step.</summary>
/// <example><code>TokenBox(alice, "unhappiness, 1234 and 😀")</code></example>
[TypeFormatterSource(typeof(ComponentFormatterSource<TokenBox>),
    PreferredMimeTypes = [ComponentMimeType.TokenBox, MimeTypes.Html, MimeTypes.Text])]
public sealed class TokenBox : Component
{
    private const string Probe = "It's 12  odd,\n we'll\tsee  ";
    private static readonly string[] SplitLikeGpt2 = ["It", "'s", " ", "1", "2", " ", " odd", ",", "\n", " we", "'ll", "\t", "see", "  "];

    private readonly ByteLevelBpe _tokenizer;
    private readonly string _text;

    /// <param name="alice">Her tokenizer is byte-level BPE with GPT-2's pattern of words.</param>
    /// <param name="text">The text to begin with.</param>
    /// <exception cref="TokenizerException">Her tokenizer is another one.</exception>
    internal TokenBox(LessonModel alice, string text) : base("token-box") =>
        (_tokenizer, _text) = (Checked(alice.Model.Tokenizer.AsByteLevelBpe("A token box")), text);

    /// <inheritdoc/>
    public override string ToText() => TokenStrip.Of(_tokenizer, _text).ToText();

    private protected override string Fallback() => TokenStrip.Of(_tokenizer, _text).ToHtml();

    private protected override JsonObject Data() => new()
    {
        ["text"] = _text,
        ["digits"] = DigitsStandAlone(_tokenizer),
        ["bytes"] = Array(IdsOfBytes(_tokenizer), id => id),
        ["added"] = Array(_tokenizer.AddedTokens, token => new JsonArray(token.Id, token.Content)),
        ["width"] = Width(_tokenizer),
        ["merges"] = Convert.ToBase64String(Merges(_tokenizer)),
    };

    private static int[] IdsOfBytes(ByteLevelBpe tokenizer)
    {
        var added = tokenizer.AddedTokens.Select(token => token.Id).ToHashSet();
        var ids = new int[256];
        foreach (var id in Enumerable.Range(0, tokenizer.VocabularySize).Where(id => !added.Contains(id)))
        {
            if (tokenizer.BytesOf(id) is [var single]) ids[single] = id;
        }

        return ids;
    }

    // Merges, by rank: | left | right | result |, little-endian, 2 bytes each where all ids fit, else 4.
    private static byte[] Merges(ByteLevelBpe tokenizer)
    {
        var width = Width(tokenizer);
        int[] ids = [.. tokenizer.Merges.SelectMany(merge => new[] { merge.Left, merge.Right, merge.Result })];
        var bytes = new byte[ids.Length * width];
        foreach (var (at, id) in ids.Index())
        {
            if (width == 2) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * at), (ushort)id);
            else BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * at), id);
        }

        return bytes;
    }

    private static int Width(ByteLevelBpe tokenizer) => tokenizer.VocabularySize <= ushort.MaxValue ? 2 : 4;

    private static bool DigitsStandAlone(ByteLevelBpe tokenizer) => tokenizer.PreTokenize("12").Count == 2;

    private static ByteLevelBpe Checked(ByteLevelBpe tokenizer)
    {
        var words = tokenizer.PreTokenize(Probe);
        var wanted = DigitsStandAlone(tokenizer) ? SplitLikeGpt2 : [.. SplitLikeGpt2[..2], " 12", .. SplitLikeGpt2[5..]];
        return words.SequenceEqual(wanted) ? tokenizer : throw new TokenizerException(
            $"This tokenizer splits '{VisibleText.Of(Probe)}' into {string.Join('|', words.Select(VisibleText.Of))}; a token box knows " +
            $"only {string.Join('|', wanted.Select(VisibleText.Of))}, GPT-2's way. Use alice.Tokens(text) with this model.");
    }
}
