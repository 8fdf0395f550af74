using System.Globalization;
using System.Text;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>One step from the texts of tokens to the text that they stand for; named as in tokenizer.json.</summary>
internal abstract class DecodingStep
{
    /// <summary>Whether each token's text is rewritten alone, whatever stands around it.</summary>
    public virtual bool IsForEachToken => false;

    /// <summary>Rewrites the texts of a text's tokens.</summary>
    public abstract void Apply(List<string> tokens);
}

/// <summary>Every match of a pattern becomes a fixed text: ▁ a space.</summary>
internal sealed class ReplaceInTokens(IPattern pattern, string content) : DecodingStep
{
    public override bool IsForEachToken => true;

    public override void Apply(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++) tokens[i] = Rewrite(tokens[i]);
    }

    private string Rewrite(string token)
    {
        var rewriting = new Rewriting(content);
        pattern.Find(new Piece(token, 0), rewriting);
        return rewriting.Of(token);
    }

    private sealed class Rewriting(string content) : IMatchReceiver
    {
        private StringBuilder? _text;
        private int _done;

        public bool Match(Piece piece, int start, int end)
        {
            (_text ??= new()).Append(piece.Text[_done..start]).Append(content);
            _done = end;
            return true;
        }

        public string Of(string token) => _text is null ? token : _text.Append(token, _done, token.Length - _done).ToString();
    }
}

/// <summary>Tokens in a row that stand for bytes, &lt;0xE2&gt;, become their text, or one U+FFFD a byte where they are not UTF-8.</summary>
internal sealed class JoinBytes : DecodingStep
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The byte that a token stands for; null where it is text.</summary>
    public static byte? ByteOf(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>The token of each byte; -1 where there is none.</summary>
    public static int[] IdsIn(Vocabulary vocabulary) =>
        [.. Enumerable.Range(0, 256).Select(value => vocabulary.IdOfText($"<0x{value:X2}>") ?? -1)];

    public override void Apply(List<string> tokens)
    {
        var (kept, bytes) = (0, new List<byte>());
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (ByteOf(token) is { } value)
            {
                bytes.Add(value);
                continue;
            }

            End(bytes, tokens, ref kept);
            tokens[kept++] = token;
        }

        End(bytes, tokens, ref kept);
        tokens.RemoveRange(kept, tokens.Count - kept);
    }

    // Each byte had a token of its own, so there is room for as many texts.
    private static void End(List<byte> bytes, List<string> tokens, ref int kept)
    {
        if (bytes.Count == 0) return;
        try
        {
            tokens[kept] = Strict.GetString([.. bytes]);
            kept++;
        }
        catch (DecoderFallbackException)
        {
            foreach (var _ in bytes) tokens[kept++] = "\uFFFD";
        }

        bytes.Clear();
    }
}

/// <summary>All texts become one.</summary>
internal sealed class Fuse : DecodingStep
{
    public override void Apply(List<string> tokens)
    {
        var whole = string.Concat(tokens);
        tokens.Clear();
        tokens.Add(whole);
    }
}

/// <summary>A character taken off the ends of each text, a number of times at most.</summary>
internal sealed class StripEnds(string content, int start, int stop) : DecodingStep
{
    /// <summary>The character.</summary>
    public string Content => content;

    /// <summary>How often it is taken off the end.</summary>
    public int Stop => stop;

    public override bool IsForEachToken => true;

    public override void Apply(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++) tokens[i] = Strip(tokens[i]);
    }

    private string Strip(string token)
    {
        var (from, to) = (0, token.Length);
        for (var n = 0; n < start && token.AsSpan(from).StartsWith(content, StringComparison.Ordinal); n++) from += content.Length;
        for (var n = 0; n < stop && to > from && token.AsSpan(from, to - from).EndsWith(content, StringComparison.Ordinal); n++)
            to -= content.Length;
        return token[from..to];
    }
}

/// <summary>▁ becomes a space, and in the first text nothing where it was put there.</summary>
internal sealed class RemoveMetaspace(string replacement, bool wasPrepended) : DecodingStep
{
    public override void Apply(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
            tokens[i] = tokens[i].Replace(replacement, i == 0 && wasPrepended ? "" : " ", StringComparison.Ordinal);
    }
}
