using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Matches a regular expression as Hugging Face's library does: by whole characters, not by halves of surrogate pairs.</summary>
/// <remarks>
/// .NET's expressions see UTF-16 units, to which 𝐀 is two surrogates and no letter. So each pair is shown to the expression
/// as one stand-in of the same general category, and the matches are mapped back.
/// </remarks>
internal sealed class RegexPattern : IPattern
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;
    private readonly Lazy<char[]> _standIns;        // one for each general category
    private readonly string _pattern;
    private readonly TokenizerPlace _place;

    /// <param name="pattern">In the notation of Oniguruma.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="TokenizerException">The pattern is not a regular expression, or one that .NET doesn't know.</exception>
    public RegexPattern(string pattern, TokenizerPlace place = default)
    {
        (_pattern, _place) = (pattern, place);
        try
        {
            _regex = new Regex(
                RegexNotation.ToDotNet(pattern, out var mentioned), RegexOptions.CultureInvariant | RegexOptions.Compiled, LongestMatch);
            _standIns = new(() => StandIns(mentioned));
        }
        catch (ArgumentException cause)
        {
            throw place.Error($"is not a regular expression that can be read here: {Short(cause.Message)}", cause);
        }
    }

    public bool Find(Piece piece, IMatchReceiver matches)
    {
        try
        {
            return piece.Text.ContainsAnyInRange('\uD800', '\uDFFF') ? FindInPairs(piece, matches) : FindInUnits(piece, matches);
        }
        catch (RegexMatchTimeoutException cause)
        {
            throw TooSlow(piece, $"{LongestMatch.TotalSeconds:0} s for one match", cause);
        }
    }

    private bool FindInUnits(Piece piece, IMatchReceiver matches)
    {
        var deadline = Deadline(piece);
        foreach (var match in _regex.EnumerateMatches(piece.Text))
        {
            Check(deadline, piece);
            if (!matches.Match(piece, match.Index, match.Index + match.Length)) return false;
        }

        return true;
    }

    private bool FindInPairs(Piece piece, IMatchReceiver matches)
    {
        var rented = ArrayPool<char>.Shared.Rent(piece.Text.Length);
        try
        {
            var shown = rented.AsSpan(0, Show(piece.Text, rented));
            var (seen, place) = (0, 0);         // characters shown, and UTF-16 units of the piece, before the last match's end
            var deadline = Deadline(piece);
            foreach (var match in _regex.EnumerateMatches(shown))
            {
                Check(deadline, piece);
                var start = place = Advance(piece.Text, place, match.Index - seen);
                place = Advance(piece.Text, place, match.Length);
                seen = match.Index + match.Length;
                if (!matches.Match(piece, start, place)) return false;
            }

            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private int Show(ReadOnlySpan<char> text, Span<char> shown)
    {
        var count = 0;
        foreach (var rune in text.EnumerateRunes()) shown[count++] = rune.IsBmp ? (char)rune.Value : StandInOf(rune);
        return count;
    }

    private static int Advance(ReadOnlySpan<char> text, int place, int characters)
    {
        for (; characters > 0; characters--) place += char.IsHighSurrogate(text[place]) ? 2 : 1;
        return place;
    }

    private char StandInOf(Rune rune) => _standIns.Value[(int)Rune.GetUnicodeCategory(rune)];

    // The highest character of each category that the expression doesn't name, so that only its category is seen.
    private static char[] StandIns(IReadOnlyList<(char First, char Last)> mentioned)
    {
        var standIns = new char[(int)UnicodeCategory.OtherNotAssigned + 1];
        for (var c = '\uFFFF'; c > 0x7F; c--)
        {
            var category = (int)char.GetUnicodeCategory(c);
            if (standIns[category] == 0 && !mentioned.Any(range => c >= range.First && c <= range.Last)) standIns[category] = c;
        }

        return standIns;
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..197] + "...";

    // Each match may take its second, but not all of them: ten seconds and one for each million characters.
    private static long Deadline(Piece piece) => Environment.TickCount64 + 10_000 + (piece.Text.Length / 1000);

    private void Check(long deadline, Piece piece)
    {
        if (Environment.TickCount64 > deadline) throw TooSlow(piece, "10 s and more", null);
    }

    private TokenizerException TooSlow(Piece piece, string time, Exception? cause) => _place.Error(
        $"the expression {Short(_pattern)} took {time} in a text of {piece.Text.Length:N0} characters. " +
        "Nested repetitions, such as (a+)+, try too many ways: write it without them.", cause);
}
