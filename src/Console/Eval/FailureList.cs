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
            foreach (var (index, failure) in score.Failures.Take(each).Index())
            {
                writer.WriteLine($"--- {score.Name}, failure {index + 1} of {score.Failures.Count} ({failure.Topic})");
                writer.WriteLine(Cut(failure.Asked));
                writer.WriteLine($"=> {Cut(failure.Answered)}");
                if (failure.Wanted is { } wanted) writer.WriteLine($"wanted: {wanted}");
            }
        }
    }

    private static string Cut(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + " ...";
}
