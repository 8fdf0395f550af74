namespace LlmRabbitHoles.CommandLine;

/// <summary>What <c>logits --format json</c> prints: the likeliest next tokens, likeliest first.</summary>
internal sealed record LogitsJson(IReadOnlyList<CandidateJson> Last);

/// <summary>One of them; the piece is null where the model has no tokenizer.</summary>
internal sealed record CandidateJson(int Id, string? Piece, double Logit, double Probability);
