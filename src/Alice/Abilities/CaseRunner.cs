using LlmRabbitHoles.Agents;
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

/// <summary>One case and what became of it.</summary>
/// <param name="Case">What was asked.</param>
/// <param name="Transcript">What was answered; null where the case did not fit into the model's context.</param>
/// <param name="IsRight">Whether that was right.</param>
/// <param name="Problem">Why nothing was answered; null where something was.</param>
public sealed record CaseOutcome(AbilityCase Case, Transcript? Transcript, bool IsRight, string? Problem = null)
{
    /// <summary>Whether one of the case's aspects was right.</summary>
    internal bool Has(string aspect) => Transcript is not null && Case.Aspects[aspect](Transcript);
}

/// <summary>Somebody who is asked the cases of an ability: a model, or a script in a test. Works on one thread.</summary>
public interface IAnswerer
{
    /// <summary>Answers one case.</summary>
    /// <param name="test">Its messages, its tools, and whether thinking is allowed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Generation.PromptException">The case does not fit into the context.</exception>
    Transcript Answer(AbilityCase test, CancellationToken cancellationToken);
}
