namespace LlmRabbitHoles.Hub;

/// <summary>Waits for a server, and gives up where nothing comes for too long. Failures of the network become a
/// <see cref="PassingException"/>.</summary>
internal sealed class Patience : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _either;

    /// <param name="timeout">The longest wait for a step.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public Patience(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        (_timeout, _caller) = (timeout, cancellationToken);
        _stalled = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_stalled.Token, cancellationToken);
    }

    /// <summary>One step: an answer's headers, or its next bytes.</summary>
    /// <param name="address">Who is waited for.</param>
    /// <param name="step">The step; it heeds the token.</param>
    /// <exception cref="PassingException">Nothing came in time, or the connection broke off.</exception>
    public async Task<T> WaitAsync<T>(Uri address, Func<CancellationToken, Task<T>> step)
    {
        _stalled.CancelAfter(_timeout);
        try
        {
            return await step(_either.Token);
        }
        catch (OperationCanceledException e) when (!_caller.IsCancellationRequested)
        {
            throw new PassingException($"{address.Host} sends nothing for {_timeout.TotalSeconds:0} s", inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new PassingException($"the connection to {address.Host} failed: {Innermost(e).Message.TrimEnd('.')}", inner: e);
        }
        finally
        {
            _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _stalled.Dispose();
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
