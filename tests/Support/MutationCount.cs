using System.Globalization;

namespace LlmRabbitHoles.Tests;

/// <summary>How many damaged files of each format a test tries: 10,000, or as many as RABBIT_MUTATIONS says.</summary>
/// <example><code>RABBIT_MUTATIONS=1000000 ./rabbit test Engine</code></example>
internal static class MutationCount
{
    public static int OfEachFormat { get; } = Environment.GetEnvironmentVariable("RABBIT_MUTATIONS") is { Length: > 0 } asked
        ? int.Parse(asked, NumberStyles.None, CultureInfo.InvariantCulture)
        : 10_000;
}
