using LlmRabbitHoles.Alice.Abilities;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The scores as a table, natural wordings first, the weakest topics below those abilities that have several.</summary>
internal static class EvaluationTable
{
    private const int TopicsShown = 10;

    public static void Write(IAnsiConsole console, IReadOnlyList<AbilityScore> scores)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            Left("ability"), Right("cases"), Right("natural"), Right("95 %"), Right("cases"), Right("trained words"), Right("95 %"),
            Right("baseline"), Left("which is"));
        foreach (var score in scores)
        {
            // What only the exam asks for has one kind of cases.
            var trained = ReferenceEquals(score.Natural?.Topics, score.Topics) ? null : score;
            table.AddRow(Cells([score.Name, .. Rate(score.Natural), .. Rate(trained), .. Compared(score)]));
            foreach (var topic in Weakest(score.Natural?.Topics ?? []))
                table.AddRow(Natural($"  {topic.Name}", $"{topic.Cases}", Percent(topic.Score)));
            foreach (var (name, figure) in score.Natural?.Figures ?? new Dictionary<string, double>())
                table.AddRow(Natural($"  {Spaced(name)}", "", $"{figure:0.000}"));
            if (trained is null) continue;
            foreach (var topic in Weakest(score.Topics)) table.AddRow(Trained($"  {topic.Name}", $"{topic.Cases}", Percent(topic.Score)));
            if (score.Topics.Count > TopicsShown) table.AddRow(Trained($"  and {score.Topics.Count - TopicsShown} more", "", ""));
            foreach (var (name, figure) in score.Figures) table.AddRow(Trained($"  {Spaced(name)}", "", $"{figure:0.000}"));
        }
        console.Write(table);
    }

    private static string[] Rate(AbilityScore? score) => score is null
        ? ["", "", ""]
        : [$"{score.Cases}", Percent(score.Score),
            score.Interval is { } interval ? $"{Percent(interval.Low)} - {Percent(interval.High)}" : ""];

    private static string[] Compared(AbilityScore score) =>
        [score.Baseline is { } baseline ? Percent(baseline) : "", score.Note ?? score.BaselineName ?? ""];

    private static Text[] Natural(string name, string cases, string share) => Cells(name, cases, share, "", "", "", "", "", "");

    private static Text[] Trained(string name, string cases, string share) => Cells(name, "", "", "", cases, share, "", "", "");

    private static string Spaced(string name) => name.Replace('_', ' ');

    private static IEnumerable<TopicScore> Weakest(IReadOnlyList<TopicScore> topics) =>
        topics.Count < 2 ? [] : topics.OrderBy(topic => topic.Score).Take(TopicsShown);

    private static TableColumn Left(string title) => new TableColumn(title).NoWrap();

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned().NoWrap();

    private static Text[] Cells(params string[] cells) => [.. cells.Select(cell => new Text(cell))];

    private static string Percent(double share) => $"{100 * share:0.0} %";
}
