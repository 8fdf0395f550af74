namespace LlmRabbitHoles.Generation;

/// <summary>One step of a stream.</summary>
/// <param name="Id">The token drawn.</param>
/// <param name="Text">What can be printed now: complete characters that are surely not the beginning of a stop string. Often the
/// token's own text, sometimes nothing, sometimes more; <see langword="null"/> where the model has no tokenizer.</param>
/// <param name="Elapsed">Since the call began.</param>
public sealed record GeneratedToken(int Id, string? Text, TimeSpan Elapsed);
