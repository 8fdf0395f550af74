using System.Globalization;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>Finds measured numbers that were typed into the text. They go stale there; they belong in a claim.</summary>
/// <remarks>
/// A number is taken for measured when a unit of measurement follows it, or when a claim of the notebook has that very value (three
/// significant digits or more, or the claim's unit behind it). Code, formulas, links, the
/// questions of exercises, and cells tagged <c>given</c> are left alone.
/// </remarks>
internal static partial class TypedNumbers
{
    public static IEnumerable<string> Of(Notebook ran)
    {
        var claims = NotebookClaims.Of(ran).Select(found => found.Claim).ToList();
        var questions = NotebookExercises.Of(ran).Select(exercise => exercise.QuestionId).ToHashSet();
        foreach (var cell in ran.Cells.OfType<MarkdownCell>().Where(
            cell => !questions.Contains(cell.Id) && !cell.Tags.Contains(LessonTags.Given)))
        {
            foreach (var (number, line, why) in In(cell.Source, claims))
            {
                yield return $"Text cell '{cell.Id}', line {line}, has '{number}' typed into it, {why}. " +
                    "Let a cell compute and claim it, and write <!--its-id--><!--/--> here; " +
                    "if the number is defined, not measured, tag the text cell 'given'.";
            }
        }
    }

    internal static IEnumerable<(string Number, int Line, string Why)> In(string markdown, IReadOnlyList<ClaimRecord> claims)
    {
        var prose = Prose.Of(markdown);
        foreach (Match match in Numbers().Matches(prose))
        {
            var line = 1 + prose.AsSpan(0, match.Index).Count('\n');
            if (match.Groups["unit"].Success)
                yield return (match.Value, line, "a number with a unit of measurement");
            else if (claims.FirstOrDefault(claim => IsValueOf(claim, match)) is { } claim)
                yield return (match.Groups["number"].Value, line, $"which is the value of the claim '{claim.Id}'");
        }
    }

    private static bool IsValueOf(ClaimRecord claim, Match match)
    {
        var number = match.Groups["number"].Value;
        if (number != NumberOf(claim) && number.Replace(",", "") != NumberOf(claim).Replace(",", ""))
            return false;
        var hasItsUnit = claim.Unit.Length > 0 && match.Groups["word"].Value == claim.Unit;
        return hasItsUnit || SignificantDigits(number) >= 3;
    }

    // A round 100 may be anything.
    private static int SignificantDigits(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit)).TrimStart('0');
        return (number.Contains('.', StringComparison.Ordinal) ? digits : digits.TrimEnd('0')).Length;
    }

    private static string NumberOf(ClaimRecord claim) => claim.Value.ToString("R", CultureInfo.InvariantCulture) is { Length: <= 4 } exact
        ? exact
        : claim.Text.Split(' ')[0].TrimEnd('%', '×');

    // 12× is a measured factor, 2 × n a product; "256 byte values" counts values.
    private const string Units =
        "ns|µs|us|ms|sec|seconds?|minutes?|tokens?/s|tok/s|tokens? (?:a|per) " +
            "second|[kKMGT]i?B(?:/s)?|bytes|[kKMGT]bit|[KMGT]?FLOPS?(?:/s)?|W|GHz|MHz|percent|times";

    [GeneratedRegex(@"(?<![\p{L}\d.,_#-])(?<number>\d+(?:,\d{3})*(?:\.\d+)?)(?:(?<unit>×|\s?(?:%|(?:" +
        Units + @")(?![\p{L}\d]))|\ss(?![\p{L}\d]))|(?=(?:\s(?<word>\p{L}+))?(?![\p{L}\d])))")]
    private static partial Regex Numbers();
}
