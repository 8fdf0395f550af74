using LlmRabbitHoles.Checkpoints;

namespace LlmRabbitHoles.Training;

/// <summary>The tokens that give Alice's texts their structure, by id.</summary>
public static class AliceFormat
{
    /// <summary>In the order of their ids, from 0.</summary>
    public static IReadOnlyList<string> SpecialTokens { get; } =
    [
        "<|endoftext|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>", "<|end|>",
        "<|think|>", "<|/think|>", "<|tool_call|>", "<|/tool_call|>",
    ];

    /// <summary>Ends a plain text.</summary>
    public const int EndOfText = 0;

    /// <summary>Ends a turn.</summary>
    public const int EndOfTurn = 5;

    /// <summary>Begins a thought.</summary>
    public const int Think = 6;

    /// <summary>Ends a thought.</summary>
    public const int ThinkEnd = 7;

    /// <summary>Her end tokens, and greedy decoding.</summary>
    public static GenerationDefaults Defaults { get; } = new() { EosTokenIds = [EndOfTurn, EndOfText], PadTokenId = EndOfText };
}
