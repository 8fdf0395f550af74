namespace LlmRabbitHoles.Generation;

/// <summary>The timings of a generation.</summary>
/// <param name="Prefill">Reading the prompt.</param>
/// <param name="TimeToFirstToken">From the call to the first token (TTFT): prefill and the first sample.</param>
/// <param name="Decode">From the first token to the last.</param>
/// <param name="PromptTokens">Tokens of the prompt that were read; those that a lent cache held already do not count.</param>
/// <param name="DecodedTokens">Tokens that a decode step produced: all but the first.</param>
public sealed record Timings(TimeSpan Prefill, TimeSpan TimeToFirstToken, TimeSpan Decode, int PromptTokens, int DecodedTokens)
{
    /// <summary>Decode time per token (TPOT); zero where nothing was decoded.</summary>
    public TimeSpan TimePerOutputToken => DecodedTokens == 0 ? TimeSpan.Zero : Decode / DecodedTokens;

    /// <summary>Prompt tokens read per second.</summary>
    public double PrefillTokensPerSecond => Rate(PromptTokens, Prefill);

    /// <summary>Tokens decoded per second; 0 where nothing was decoded.</summary>
    public double DecodeTokensPerSecond => Rate(DecodedTokens, Decode);

    private static double Rate(int tokens, TimeSpan time) => time > TimeSpan.Zero ? tokens / time.TotalSeconds : 0;
}
