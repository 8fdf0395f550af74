using LlmRabbitHoles.Alice.Abilities;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The scores as a table, the weakest topics below those abilities that have several.</summary>
internal static class EvaluationTable
{
    private const int TopicsShown = 10;

    public static void Write(IAnsiConsole console, IReadOnlyList<AbilityScore> scores)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns(Left("ability"), Right("cases"), Right("score"), Right("95 %"), Right("baseline"), Left("which is"));
        foreach (var score in scores)
        {
            table.AddRow(Cells(score.Name, $"{score.Cases}", Percent(score.Score),
                score.Interval is { } interval ? $"{Percent(interval.Low)} - {Percent(interval.High)}" : "",
                score.Baseline is { } baseline ? Percent(baseline) : "", score.Note ?? score.BaselineName ?? ""));
            foreach (var topic in Weakest(score.Topics))
                table.AddRow(Cells($"  {topic.Name}", $"{topic.Cases}", Percent(topic.Score), "", "", ""));
            if (score.Topics.Count > TopicsShown) table.AddRow(Cells($"  and {score.Topics.Count - TopicsShown} more", "", "", "", "", ""));
            foreach (var (name, figure) in score.Figures)
                table.AddRow(Cells($"  {name.Replace('_', ' ')}", "", $"{figure:0.000}", "", "", ""));
        }
        console.Write(table);
    }

    private static IEnumerable<TopicScore> Weakest(IReadOnlyList<TopicScore> topics) =>
        topics.Count < 2 ? [] : topics.OrderBy(topic => topic.Score).Take(TopicsShown);

    private static TableColumn Left(string title) => new TableColumn(title).NoWrap();

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned().NoWrap();

    private static Text[] Cells(params string[] cells) => [.. cells.Select(cell => new Text(cell))];

    private static string Percent(double share) => $"{100 * share:0.0} %";
}
