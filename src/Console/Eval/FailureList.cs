using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The first cases of each ability that went wrong: what was asked, and what came.</summary>
internal static class FailureList
{
    private const int LongestLine = 2000;

    public static void Write(TextWriter writer, IReadOnlyList<AbilityScore> scores, int each)
    {
        foreach (var score in scores)
        {
            if (score.Natural is { } natural) Write(writer, $"{score.Name}, natural", natural.Failures, each);
            if (!ReferenceEquals(score.Natural?.Failures, score.Failures)) Write(writer, score.Name, score.Failures, each);
        }
    }

    private static void Write(TextWriter writer, string name, IReadOnlyList<Failure> failures, int each)
    {
        foreach (var (index, failure) in failures.Take(each).Index())
        {
            writer.WriteLine($"--- {name}, failure {index + 1} of {failures.Count} ({failure.Topic})");
            writer.WriteLine(Cut(failure.Asked));
            writer.WriteLine($"=> {Cut(failure.Answered)}");
            if (failure.Wanted is { } wanted) writer.WriteLine($"wanted: {wanted}");
        }
    }

    private static string Cut(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + " ...";
}
