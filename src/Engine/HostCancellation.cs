namespace LlmRabbitHoles;

/// <summary>The cancellation of work that was not handed a token, as that of a notebook's cell. It flows with the work into the threads
/// that the work starts.</summary>
public static class HostCancellation
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    /// <summary>Ends what runs now; a host sets it for each cell before the cell starts. Default: never.</summary>
    public static CancellationToken Token
    {
        get => Current.Value;
        set => Current.Value = value;
    }
}
