namespace LlmRabbitHoles.Hub;

/// <summary>Where contents come from, and by which clock.</summary>
/// <param name="Client">Asks the server.</param>
/// <param name="Timeout">After how long without a byte a request is given up.</param>
/// <param name="Time">The clock of timeouts and pauses.</param>
internal sealed record HubSource(HubClient Client, TimeSpan Timeout, TimeProvider Time)
{
    /// <summary>How long one request waits for its next byte.</summary>
    public Patience Patience(CancellationToken cancellationToken) => new(Timeout, Time, cancellationToken);
}
