using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Measures an ability by its conversations.</summary>
internal sealed class ConversationMeasurement(IAbility ability) : IMeasurement
{
    public string Name => ability.Name;

    public AbilityScore Measure(
        ModelFamily family, EvaluationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var cases = options.Limit(ability.Cases(options.Seed));
        var (rival, asked, note) = Comparison(family, cases);
        var total = cases.Count + asked.Count;
        var outcomes = Ask(family.Model, cases, 0);
        var compared = rival is null ? [] : Ask(rival, asked, cases.Count);

        return AbilityScore.Of(Name, Rate(outcomes)) with
        {
            Baseline = compared.Count == 0 ? null : Rate(compared).Share,
            BaselineName = ability.BaselineName,
            Note = note,
            Topics = [.. outcomes.GroupBy(outcome => outcome.Case.Topic, StringComparer.Ordinal)
                .Select(topic => new TopicScore(topic.Key, topic.Count(), Rate([.. topic]).Share))],
            Failures = [.. outcomes.Where(outcome => !outcome.IsRight).Select(Describe)],
        };

        IReadOnlyList<CaseOutcome> Ask(LanguageModel model, IReadOnlyList<AbilityCase> some, int before) =>
            new CaseRunner(() => new ModelAnswerer(model), options.Threads)
                .Run(some, new PartialProgress(progress, (double)before / total, (double)some.Count / total), cancellationToken);
    }

    private (LanguageModel? Rival, IReadOnlyList<AbilityCase> Asked, string? Note) Comparison(
        ModelFamily family, IReadOnlyList<AbilityCase> cases)
    {
        if (ability.Baseline == Baseline.None) return (null, [], null);
        if (ability.Baseline == Baseline.Contrast)
            return (family.Model, [.. cases.Select(test => test.Contrast).OfType<AbilityCase>()], null);
        var rival = ability.Baseline == Baseline.BaseModel ? family.BaseModel : family.ChatModel;
        if (rival is { ChatTemplate: null }) return (null, [], $"no baseline: {rival.Name} has no chat template");
        return rival is null ? (null, [], $"no baseline: {family.WhyNo(ability.Baseline)}") : (rival, cases, null);
    }

    private static SuccessRate Rate(IReadOnlyList<CaseOutcome> outcomes) => new(outcomes.Count(outcome => outcome.IsRight), outcomes.Count);

    private static Failure Describe(CaseOutcome outcome) => new(outcome.Case.Topic,
        string.Join(
            '\n',
            outcome.Case.Messages.Select(message => $"{message.Role}: {message.Content}")
                .Prepend(Offer(outcome.Case)).OfType<string>()),
        outcome.Transcript is { } transcript
            ? string.Join(
                '\n', transcript.Turns.Select(turn => $"{turn.Role}: {turn.Content}").Append($"({transcript.StopReason.ToWireName()})"))
            : $"({outcome.Problem})",
        outcome.Case.Wanted);

    private static string? Offer(AbilityCase test) =>
        test.Tools.Count == 0 ? null : $"tools: {string.Join(", ", test.Tools.Select(tool => tool.Name))}";
}

/// <summary>Progress of one part of the work.</summary>
internal sealed class PartialProgress(IProgress<double>? whole, double from, double share) : IProgress<double>
{
    public void Report(double value) => whole?.Report(from + value * share);
}
