namespace LlmRabbitHoles.Tokenization.PostProcessing;

/// <summary>What is put around the tokens of a text: often one token that marks the beginning.</summary>
/// <param name="Before">Token ids.</param>
/// <param name="After">Token ids.</param>
internal sealed record SpecialTokenTemplate(IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    /// <summary>Adds nothing.</summary>
    public static SpecialTokenTemplate None { get; } = new([], []);

    /// <summary>This template, and <paramref name="outer"/> around it.</summary>
    public SpecialTokenTemplate Within(SpecialTokenTemplate outer) => new([.. outer.Before, .. Before], [.. After, .. outer.After]);
}
