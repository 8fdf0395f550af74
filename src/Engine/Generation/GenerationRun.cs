using System.Threading.Channels;

namespace LlmRabbitHoles.Generation;

/// <summary>A generation that runs while it is read, token by token.</summary>
/// <remarks>The model runs on one thread from the first read on (<see cref="GenerationThread"/>): dispose scopes and libtorch's
/// helper threads belong to a thread. Leaving the loop early cancels it.</remarks>
public sealed class GenerationRun : IAsyncEnumerable<GeneratedToken>
{
    private readonly GenerationLoop _loop;
    private readonly CancellationToken _cancellationToken;

    internal GenerationRun(GenerationLoop loop, CancellationToken cancellationToken) =>
        (_loop, _cancellationToken) = (loop, cancellationToken);

    /// <summary>Tokens, text, stop reason and timings; of a stream that was left early, what was written until then.</summary>
    /// <exception cref="InvalidOperationException">The stream was not read yet.</exception>
    public GenerationResult Result => _loop.Result;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The stream was read before: a generation runs once.</exception>
    public async IAsyncEnumerator<GeneratedToken> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, cancellationToken);
        var channel = Channel.CreateUnbounded<GeneratedToken>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var pumped = GenerationThread.Run(() => Pump(channel.Writer, ending.Token));
        try
        {
            await foreach (var token in channel.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return token;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await pumped.ConfigureAwait(false);
        }
    }

    private void Pump(ChannelWriter<GeneratedToken> writer, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var token in _loop.Run(cancellationToken)) writer.TryWrite(token);
            writer.Complete();
        }
#pragma warning disable CA1031 // Whatever went wrong on the model's thread is thrown where the stream is read.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            writer.Complete(exception);
        }
    }
}
