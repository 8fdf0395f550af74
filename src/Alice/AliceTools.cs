using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Alice;

/// <summary>The tools that Alice learned to use.</summary>
public static class AliceTools
{
    /// <summary>A calculator, a clock and a look-up over her world.</summary>
    public static Toolbox All { get; } = new([new Calculator(), new Clock(TimeProvider.System), new Lookup()]);
}
