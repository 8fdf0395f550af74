using System.Buffers;
using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Turns the texts of tokens, as the vocabulary writes them, into the text that they stand for.</summary>
/// <param name="steps">In order.</param>
/// <param name="separator">What stands between the texts that the steps leave.</param>
internal sealed class TokenDecoder(IReadOnlyList<DecodingStep> steps, string separator = "")
{
    // Stands for the text before and behind a stretch; no vocabulary has it.
    private const string Anchor = "\uE0FF";

    private readonly DecodingStep[] _first = [.. steps.TakeWhile(step => step.IsForEachToken)];
    private readonly DecodingStep[] _rest = [.. steps.SkipWhile(step => step.IsForEachToken)];
    private readonly bool _joinsBytes = steps.Any(step => step is JoinBytes);
    private readonly StripEnds? _end = steps.OfType<StripEnds>().FirstOrDefault(step => step.Stop > 0);

    /// <summary>A token's text after the steps that look at no other token, so that they need not be done again.</summary>
    /// <param name="text">As the vocabulary writes it.</param>
    public string Prepare(string text)
    {
        List<string> alone = [text];
        foreach (var step in _first) step.Apply(alone);
        return alone[0];
    }

    /// <summary>A whole text.</summary>
    /// <param name="texts">Those of its tokens, prepared.</param>
    public string Decode(IEnumerable<string> texts)
    {
        List<string> tokens = [.. texts];
        foreach (var step in _rest) step.Apply(tokens);
        return string.Join(separator, tokens);
    }

    /// <summary>A stretch of a text.</summary>
    /// <param name="texts">Those of its tokens, prepared.</param>
    /// <param name="fromStart">The text starts with it.</param>
    /// <param name="toEnd">The text ends with it.</param>
    public string Decode(IEnumerable<string> texts, bool fromStart, bool toEnd)
    {
        string[] anchor = [Anchor];
        var text = Decode(anchor.Take(fromStart ? 0 : 1).Concat(texts).Concat(anchor.Take(toEnd ? 0 : 1)));
        return text[(fromStart ? 0 : Anchor.Length)..(toEnd ? text.Length : text.Length - separator.Length - Anchor.Length)];
    }

    /// <summary>The bytes that a token prints in the middle of a text.</summary>
    /// <param name="text">As the vocabulary writes it.</param>
    public byte[] BytesOf(string text) => _joinsBytes && JoinBytes.ByteOf(Prepare(text)) is { } value
        ? [value]
        : Encoding.UTF8.GetBytes(Decode([Prepare(text)], fromStart: false, toEnd: false));

    /// <summary>Whether what comes next may still change what these tokens print.</summary>
    /// <param name="texts">Those of the tokens, prepared.</param>
    /// <param name="decoded">What they print if nothing does.</param>
    public bool MayChange(List<string> texts, string decoded) =>
        (_end is not null && decoded.EndsWith(_end.Content, StringComparison.Ordinal)) || (_joinsBytes && EndInsideCharacter(texts));

    private static bool EndInsideCharacter(List<string> texts)
    {
        var first = texts.Count;
        while (first > 0 && JoinBytes.ByteOf(texts[first - 1]) is not null) first--;
        var bytes = texts.Skip(first).Select(text => JoinBytes.ByteOf(text)!.Value).ToArray().AsSpan();
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status != OperationStatus.Done) return status == OperationStatus.NeedMoreData;
            bytes = bytes[length..];
        }

        return false;
    }
}
