namespace LlmRabbitHoles.Checkpoints;

/// <summary>One axis of a weight: how long it is, what it counts, and which key of <c>config.json</c> says so.</summary>
/// <param name="Size">Length of the axis.</param>
/// <param name="Meaning">In the words of the engine: hidden 64, kvHeads 8 x headDim 128.</param>
/// <param name="Key">The key to check when a checkpoint disagrees.</param>
public sealed record WeightAxis(long Size, string Meaning, string Key);
