namespace LlmRabbitHoles;

/// <summary>Cancels work that takes no cancellation token, such as a notebook's cell. It flows into
/// the threads that the work starts.</summary>
public static class HostCancellation
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    /// <summary>Cancels the current work; a host sets it before each cell starts. Default: never cancelled.</summary>
    public static CancellationToken Token
    {
        get => Current.Value;
        set => Current.Value = value;
    }
}
