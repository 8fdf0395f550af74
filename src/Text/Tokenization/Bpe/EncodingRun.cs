using System.Text;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// One text on its way through a tokenizer: added tokens are found, the rest is normalized and split, and each word is passed on at once.
/// </summary>
/// <param name="parts">What the tokenizer is made of.</param>
/// <param name="receiver">Takes the words.</param>
internal struct EncodingRun(TokenizerParts parts, WordReceiver receiver)
{
    private readonly PieceReceiver _cutter = parts.PreTokenizer.CutInto(receiver);
    private StringBuilder? _normalized;

    /// <summary>False leaves the text unchanged. Default true.</summary>
    public bool Normalizes { readonly get; init; } = true;

    /// <summary>False takes the whole text for one word. Default true.</summary>
    public bool Splits { readonly get; init; } = true;

    /// <summary>Also make <see cref="NormalizedText"/>. Default false.</summary>
    public bool KeepsText { readonly get; init; }

    /// <summary>The text after normalization; null where none was asked for or the tokenizer doesn't normalize.</summary>
    public string? NormalizedText { readonly get; private set; }

    /// <summary>How long the text is after normalization.</summary>
    public int Length { readonly get; private set; }

    /// <summary>Whether the receiver stopped early.</summary>
    public bool IsFull { readonly get; private set; }

    /// <summary>Sends a text through.</summary>
    /// <param name="text">Any UTF-16; half a surrogate pair is read as U+FFFD.</param>
    public void Take(ReadOnlySpan<char> text)
    {
        text = WellFormedText.Of(text);
        var most = Normalization.GrowthLimit.For(text.Length);
        if (!Splits || parts.RawTokens is null)
        {
            Normalize(text, most);
        }
        else
        {
            foreach (var segment in parts.RawTokens.Split(text))
            {
                var part = text[segment.Start..segment.End];
                if (segment.Token is { } token)
                {
                    Keep(part, null);
                    Give(part, token);
                }
                else
                {
                    Normalize(part, most);
                }

                if (IsFull && !KeepsText) break;
            }
        }

        if (KeepsText && WillNormalize) NormalizedText ??= _normalized?.ToString() ?? "";
    }

    private readonly bool WillNormalize => Normalizes && parts.Normalizer is not null;

    private void Normalize(ReadOnlySpan<char> text, int most)
    {
        if (WillNormalize)
        {
            var normal = parts.Normalizer!.Normalize(text.ToString(), Math.Max(0, most - Length));
            Keep(normal, normal);
            text = normal;
        }

        if (!Splits)
        {
            Length = text.Length;
            if (!text.IsEmpty) IsFull = !receiver.Take(new Piece(text, 0));
        }
        else if (parts.NormalizedTokens is null)
        {
            Give(text, null);
        }
        else
        {
            foreach (var segment in parts.NormalizedTokens.Split(text)) Give(text[segment.Start..segment.End], segment.Token);
        }
    }

    private void Give(ReadOnlySpan<char> text, AddedToken? token)
    {
        var piece = new Piece(text, Length);
        Length += text.Length;
        if (IsFull || (text.IsEmpty && token is null)) return;
        IsFull = !(token is null ? _cutter.Take(piece) : receiver.TakeAdded(piece, token));
    }

    // A text that has no added tokens is normalized in one part, which then need not be copied.
    private void Keep(ReadOnlySpan<char> part, string? whole)
    {
        if (!KeepsText || !WillNormalize) return;
        if (Length == 0 && _normalized is null && NormalizedText is null)
        {
            NormalizedText = whole ?? part.ToString();
            return;
        }

        _normalized ??= new StringBuilder(NormalizedText);
        NormalizedText = null;
        _normalized.Append(part);
    }
}
