namespace LlmRabbitHoles.Generation;

/// <summary>Why a generation ended.</summary>
public enum StopReason
{
    /// <summary>The model predicted a token that ends its turn.</summary>
    EndTurn,

    /// <summary>The text reached one of the strings it was to stop at.</summary>
    StopSequence,

    /// <summary>As many tokens were generated as were allowed or as the context has room for.</summary>
    MaxTokens,

    /// <summary>The model asks for a tool's result.</summary>
    ToolUse,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}

/// <summary>The names that the wire formats use.</summary>
public static class StopReasonNames
{
    /// <summary><c>end_turn</c>, <c>stop_sequence</c>, <c>max_tokens</c>, <c>tool_use</c> or <c>cancelled</c>.</summary>
    public static string ToWireName(this StopReason reason) => reason switch
    {
        StopReason.EndTurn => "end_turn",
        StopReason.StopSequence => "stop_sequence",
        StopReason.MaxTokens => "max_tokens",
        StopReason.ToolUse => "tool_use",
        _ => "cancelled",
    };
}
