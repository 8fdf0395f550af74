namespace LlmRabbitHoles.Generation.Speculation;

/// <summary>Guesses the next tokens cheaply, so that the model reads several guesses in one forward and keeps those that it would have
/// sampled itself.</summary>
/// <remarks>Leviathan, Kalman and Matias 2022, arXiv:2211.17192. Each token is still sampled from the model's own logits, and a guess is
/// kept only where it equals the sample, so greedy texts are those of plain decoding and sampled ones have the same distribution. A guess x
/// is kept with probability p(x), which is what the paper's rule gives for a draft that is sure of its guess.</remarks>
public abstract record Speculator
{
    /// <summary>Tokens to guess at a time. Default 4.</summary>
    public int Tokens
    {
        get;
        init => field = value is >= 1 and <= 64 ? value : throw new ArgumentOutOfRangeException(
            nameof(Tokens), value, "A draft guesses from 1 to 64 tokens at a time.");
    } = 4;

    /// <summary>Begins a text.</summary>
    /// <param name="model">The model whose tokens are guessed.</param>
    internal abstract IDraft Begin(LanguageModel model);
}

/// <summary>The guesses for one text.</summary>
internal interface IDraft : IDisposable
{
    /// <summary>Guesses what comes next.</summary>
    /// <param name="text">Prompt and generated tokens so far.</param>
    /// <param name="count">The most tokens to guess; at least 1.</param>
    /// <returns>At most so many tokens; none where there is nothing to go by.</returns>
    IReadOnlyList<int> Guess(IReadOnlyList<int> text, int count);
}

/// <summary>How well the guesses of a generation were.</summary>
/// <param name="Guessed">Tokens guessed.</param>
/// <param name="Kept">Guesses that the model would have sampled itself.</param>
/// <param name="Forwards">Forwards of the model after the prefill.</param>
public sealed record SpeculationReport(int Guessed, int Kept, int Forwards)
{
    /// <summary>Share of the guesses that were kept.</summary>
    public double Acceptance => Guessed == 0 ? 0 : (double)Kept / Guessed;
}
