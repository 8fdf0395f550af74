using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>A word, a sign or a number of an output's text.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="Line">On which line, from 1.</param>
/// <param name="Number">Its value; null for words and signs.</param>
/// <param name="LastPlace">The value of one unit in the number's last digit; 0 for a whole number, which is exact.</param>
internal readonly partial record struct OutputToken(string Text, int Line, double? Number = null, double LastPlace = 0)
{
    /// <summary>The tokens of a text, without spaces and the bars and rules that tables are drawn with.</summary>
    public static IReadOnlyList<OutputToken> Read(string text)
    {
        var tokens = new List<OutputToken>();
        var (line, at) = (1, 0);
        foreach (var match in Tokens().EnumerateMatches(text))
        {
            line += text.AsSpan(at, match.Index - at).Count('\n');
            at = match.Index;
            var word = text.Substring(match.Index, match.Length);
            if (!Drawn().IsMatch(word))
                tokens.Add(Of(word, line));
        }

        return tokens;
    }

    /// <summary>Whether two runs on two machines can both have written this: the same word, or numbers that differ by rounding.</summary>
    public bool IsAlike(OutputToken other)
    {
        if (Text == other.Text)
            return true;
        if (Number is not { } a || other.Number is not { } b)
            return false;
        var (size, lastPlace) = (Math.Max(Math.Abs(a), Math.Abs(b)), Math.Max(LastPlace, other.LastPlace));
        var isNoise = size < Noise;
        return isNoise || Math.Abs(a - b) <= (lastPlace == 0 ? 0 : Math.Max(1.001 * lastPlace, Rounding * size));
    }

    // Sums in another order differ by at most this much in the outputs of notebooks.
    private const double Rounding = 1e-3;

    // Differences that should be 0 but for rounding differ from machine to machine by factors.
    private const double Noise = 1e-4;

    private static OutputToken Of(string word, int line)
    {
        var match = NumberText().Match(word);
        if (!match.Success)
            return new OutputToken(word, line);
        if (!double.TryParse(match.Groups["mantissa"].Value.Replace(",", ""),
            NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            value = match.Value.Contains("10", StringComparison.Ordinal) ? 1 : double.NaN;
        var decimals = match.Groups["decimals"].Length;
        var power = match.Groups["power"] is { Success: true } raised ? Math.Pow(10, Exponent(raised.Value)) : 1;
        var isRounded = decimals > 0 || match.Groups["power"].Success;
        return new OutputToken(word, line, value * power, isRounded ? Math.Pow(10, -decimals) * power : 0);
    }

    private static int Exponent(string superscript) =>
        int.Parse(string.Concat(
            superscript.Select(c => c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal)))),
            CultureInfo.InvariantCulture);

    private const string Digits = @"(?<mantissa>-?\d[\d,]*(?:\.(?<decimals>\d+))?(?:[eE][+-]?\d+)?)";
    private const string Power = "(?<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)";

    // A bar to the left of zero begins with a minus.
    [GeneratedRegex(@"-?[▏▎▍▌▋▊▉█]+|[─│┌┐└┘├┤┬┴┼]+|··+|[<>~]?(?:-?10" +
        Power + "|" + Digits + "(?:×10" + Power + @")?)|-?∞|NaN|\p{L}+|\S")]
    private static partial Regex Tokens();

    [GeneratedRegex("^[<>~]?(?:-?10" + Power + "|" + Digits + "(?:×10" + Power + ")?|(?<mantissa>-?∞|NaN))$")]
    private static partial Regex NumberText();

    [GeneratedRegex("[▏▎▍▌▋▊▉█─│┌┐└┘├┤┬┴┼]|··")]
    private static partial Regex Drawn();
}
