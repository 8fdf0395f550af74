using Polly;
using Polly.Retry;

namespace LlmRabbitHoles.Hub;

/// <summary>Repeats what failed in passing: after a second, two, four and so on, or when the server asks for it.</summary>
internal sealed class Retries
{
    /// <summary>Tries after the first.</summary>
    public const int Most = 5;

    private readonly ResiliencePipeline _pipeline;

    /// <param name="time">The clock of the pauses.</param>
    /// <param name="onRetry">Hears what failed, and how long the pause is.</param>
    public Retries(TimeProvider time, Action<PassingException, TimeSpan>? onRetry = null)
    {
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<PassingException>(),
            MaxRetryAttempts = Most,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(30),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as PassingException)?.RetryAfter),
            OnRetry = arguments =>
            {
                onRetry?.Invoke((PassingException)arguments.Outcome.Exception!, arguments.RetryDelay);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <summary>Runs until it succeeds.</summary>
    /// <param name="work">One try.</param>
    /// <param name="cancellationToken">Ends the pauses too.</param>
    /// <exception cref="HubException">No try succeeded; the message is the last one's.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await work(token), cancellationToken);
        }
        catch (PassingException e)
        {
            throw new HubException(
                $"Given up after {Most + 1} tries: {e.Message}. What has arrived is kept; run the same command again.", e);
        }
    }
}
