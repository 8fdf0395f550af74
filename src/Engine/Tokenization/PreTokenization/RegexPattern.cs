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
    // One character a category, each chosen to be unlikely in a pattern. Categories without a stand-in use the last.
    private static readonly Dictionary<UnicodeCategory, char> StandIns = "Āāǅʰƻ̀ः҈٠Ⅿ²\u00AD\uE000‿–⁅⁆«»†∑₠˂¦\u0378"
        .GroupBy(char.GetUnicodeCategory).ToDictionary(group => group.Key, group => group.First());

    private readonly Regex _regex;

    /// <param name="pattern">In the notation of Oniguruma as far as .NET shares it.</param>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    public RegexPattern(string pattern) =>
        _regex = new Regex(RegexNotation.ToDotNet(pattern), RegexOptions.CultureInvariant | RegexOptions.Compiled);

    public void Find(string text, PieceRange stretch, List<PieceRange> matches)
    {
        var span = text.AsSpan(stretch.Start, stretch.End - stretch.Start);
        if (span.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            FindInPairs(span, stretch.Start, matches);
            return;
        }

        foreach (var match in _regex.EnumerateMatches(span))
            matches.Add(new PieceRange(stretch.Start + match.Index, stretch.Start + match.Index + match.Length));
    }

    private void FindInPairs(ReadOnlySpan<char> span, int start, List<PieceRange> matches)
    {
        var shown = new StringBuilder(span.Length);
        var places = new List<int>(span.Length + 1);
        foreach (var rune in span.EnumerateRunes())
        {
            places.Add(start);
            shown.Append(rune.IsBmp ? (char)rune.Value : StandInOf(rune));
            start += rune.Utf16SequenceLength;
        }

        places.Add(start);
        foreach (var match in _regex.EnumerateMatches(shown.ToString()))
            matches.Add(new PieceRange(places[match.Index], places[match.Index + match.Length]));
    }

    private static char StandInOf(Rune rune) =>
        StandIns.TryGetValue(Rune.GetUnicodeCategory(rune), out var standIn) ? standIn : StandIns[UnicodeCategory.OtherNotAssigned];
}
