using System.Collections;

namespace LlmRabbitHoles.Generation;

/// <summary>A generation that runs on the thread that reads it, token by token.</summary>
public sealed class GenerationSequence : IEnumerable<GeneratedToken>
{
    private readonly GenerationLoop _loop;
    private readonly CancellationToken _cancellationToken;

    internal GenerationSequence(GenerationLoop loop, CancellationToken cancellationToken) =>
        (_loop, _cancellationToken) = (loop, cancellationToken);

    /// <summary>Tokens, text, stop reason and timings; of a stream that was left early, what was written until then.</summary>
    /// <exception cref="InvalidOperationException">The stream was not read yet.</exception>
    public GenerationResult Result => _loop.Result;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The stream was read before: a generation runs once.</exception>
    public IEnumerator<GeneratedToken> GetEnumerator() => _loop.Run(_cancellationToken).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
