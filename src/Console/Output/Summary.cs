using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A generation's figures in one line.</summary>
internal static class Summary
{
    public static string Of(GenerationResult result)
    {
        var timings = result.Timings;
        // What a conversation's cache held of the prompt was not read again.
        var held = result.PromptTokens.Count - timings.PromptTokens;
        var line = $"[{timings.PromptTokens}{(held > 0 ? $" of {result.PromptTokens.Count}" : "")} tokens read " +
            $"in {timings.Prefill.TotalMilliseconds:0.0} ms, {result.Tokens.Count} written";
        if (timings.DecodedTokens > 0) line += $" at {timings.DecodeTokensPerSecond:0} tokens/s";
        if (result.Speculation is { Guessed: > 0 } report) line += $", {report.Kept} of {report.Guessed} guesses kept";
        if (result.FitsGrammar == false) line += ", cut before it fits the grammar";
        return line + $", {result.StopReason.ToWireName()}]";
    }
}
