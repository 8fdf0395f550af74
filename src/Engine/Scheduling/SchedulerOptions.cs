namespace LlmRabbitHoles.Scheduling;

/// <summary>How a <see cref="Scheduler"/> shares the model and its memory among requests.</summary>
public sealed record SchedulerOptions
{
    /// <summary>Requests that hold pages at the same time, at most. Default 16.</summary>
    public int MaxRunning
    {
        get;
        init => field = Positive(value, nameof(MaxRunning));
    } = 16;

    /// <summary>
    /// Tokens that one step reads at most: one of each text in progress, and with what is left pieces of prompts. Default 256. At least
    /// <see cref="MaxRunning"/>.
    /// </summary>
    public int TokenBudget
    {
        get;
        init => field = Positive(value, nameof(TokenBudget));
    } = 256;

    /// <summary>Tokens of one prompt that one step reads at most. Default null: what the budget leaves.</summary>
    public int? PromptChunk
    {
        get;
        init => field = value is { } chunk ? Positive(chunk, nameof(PromptChunk)) : null;
    }

    /// <summary>Tokens per page. Default 16.</summary>
    public int PageSize
    {
        get;
        init => field = Positive(value, nameof(PageSize));
    } = 16;

    /// <summary>Pages of the pool. Default null: enough for <see cref="MaxRunning"/> texts that fill the model's context.</summary>
    public int? Pages
    {
        get;
        init => field = value is { } pages ? Positive(pages, nameof(Pages)) : null;
    }

    /// <summary>What becomes of a text whose pages another needs. Default: recompute.</summary>
    public PreemptionKind Preemption { get; init; } = PreemptionKind.Recompute;

    /// <summary>
    /// Tokens in host memory at most, where preemption swaps; a text that does not fit there is recomputed. Default null: no limit.
    /// </summary>
    public int? HostTokens
    {
        get;
        init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(HostTokens), value, "Host tokens must be 0 or more. Leave it out for no limit.");
    }

    /// <summary>Requests that may wait for their first step; one more is refused. Default 1,024.</summary>
    public int QueueLimit
    {
        get;
        init => field = Positive(value, nameof(QueueLimit));
    } = 1024;

    /// <summary>
    /// Steps that one level of priority is worth: a request goes before those that came up to so many steps earlier with a priority one
    /// lower. Default 256.
    /// </summary>
    public int StepsPerPriority
    {
        get;
        init => field = Positive(value, nameof(StepsPerPriority));
    } = 256;

    private static int Positive(int value, string name) => value > 0 ? value : throw new ArgumentOutOfRangeException(
        name, value, $"{name} must be 1 or more.");
}

/// <summary>What becomes of a text in progress whose pages another needs.</summary>
/// <remarks>Kwon et al. 2023, arXiv:2309.06180, section 4.5.</remarks>
public enum PreemptionKind
{
    /// <summary>Its pages are given away and the text is read again later, as a prompt.</summary>
    Recompute,

    /// <summary>Its pages are copied to host memory and back later.</summary>
    Swap,
}
