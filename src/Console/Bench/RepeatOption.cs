using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--repeat</c>: how often a speed is measured.</summary>
internal static class RepeatOption
{
    /// <summary>Times without the option.</summary>
    public const int Usual = 3;

    /// <summary>The option.</summary>
    public static Option<int?> Create() => NumberOption.Create<int>("--repeat", "N",
        $"Measures speed so many times and reports the best. Default: {Usual}.", n => n is >= 1 and <= 100, "from 1 to 100");
}
