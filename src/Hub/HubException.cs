namespace LlmRabbitHoles.Hub;

/// <summary>Thrown when a model cannot be pulled or found, for a reason that one sentence explains.</summary>
/// <param name="message">What happened, where, and how to mend it.</param>
/// <param name="inner">What lies behind it.</param>
public sealed class HubException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Thrown when a request failed that may succeed when it is repeated.</summary>
/// <param name="message">What happened, where.</param>
/// <param name="retryAfter">How long the server asks to wait; null where it did not say.</param>
/// <param name="inner">What lies behind it.</param>
internal sealed class PassingException(string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan? RetryAfter => retryAfter;
}
