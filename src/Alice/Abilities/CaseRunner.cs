using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Asks cases on several threads. Each answer depends on its case alone, so their number changes nothing but the time.</summary>
/// <param name="answerer">Makes the one who answers; called once a thread, on that thread.</param>
/// <param name="threads">Cases that are worked on at once. Default 2.</param>
public sealed class CaseRunner(Func<IAnswerer> answerer, int threads = 2)
{
    /// <summary>Asks all cases.</summary>
    /// <param name="cases">In any order; the outcomes have the same.</param>
    /// <param name="progress">Receives the share done, from 0 to 1, from any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public IReadOnlyList<CaseOutcome> Run(
        IReadOnlyList<AbilityCase> cases, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var outcomes = new CaseOutcome[cases.Count];
        WorkerThreads.Run(Math.Min(threads, cases.Count), cases.Count, () =>
        {
            var own = answerer();
            return index => outcomes[index] = Ask(own, cases[index], cancellationToken);
        }, progress, cancellationToken);
        return outcomes;
    }

    private static CaseOutcome Ask(IAnswerer answerer, AbilityCase test, CancellationToken cancellationToken)
    {
        try
        {
            var transcript = answerer.Answer(test, cancellationToken);
            return new CaseOutcome(test, transcript, test.IsRight(transcript));
        }
        catch (PromptException e)
        {
            return new CaseOutcome(test, null, false, e.Message);
        }
    }
}
