using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Measures an ability by its conversations: in natural wordings and in those of training.</summary>
internal sealed class ConversationMeasurement(IAbility ability) : IMeasurement
{
    public string Name => ability.Name;

    public AbilityScore Measure(
        ModelFamily family, EvaluationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var natural = Plan(family, options.Limit(ability.NaturalCases(options.Seed)), ability.NaturalArms(options.Seed), options);
        var trained = ability.IsNaturalOnly
            ? null
            : Plan(family, options.Limit(ability.Cases(options.Seed)), ability.Arms(options.Seed), options);
        var total = (double)(natural.Count + (trained?.Count ?? 0));
        var natively = Measure(natural, family, options, new PartialProgress(progress, 0, natural.Count / total), cancellationToken);
        return (trained is null
            ? natively
            : Measure(
                trained, family, options, new PartialProgress(progress, natural.Count / total, trained.Count / total), cancellationToken))
            with { Natural = natively };
    }

    private AbilityScore Measure(
        Plans plan, ModelFamily family, EvaluationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var done = 0;
        var outcomes = Ask(family.Model, plan.Cases);
        var compared = plan.Rival is null ? [] : Ask(plan.Rival, plan.Compared);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var aspect in plan.Cases.SelectMany(test => test.Aspects.Keys).Distinct())
        {
            var having = outcomes.Where(outcome => outcome.Case.Aspects.ContainsKey(aspect)).ToList();
            figures[aspect] = new SuccessRate(having.Count(outcome => outcome.Has(aspect)), having.Count).Share;
        }
        foreach (var arm in plan.Arms) figures[arm.Name] = arm.Known ?? Rate(Ask(family.Model, arm.Cases)).Share;

        return AbilityScore.Of(Name, Rate(outcomes)) with
        {
            Baseline = compared.Count == 0 ? null : Rate(compared).Share,
            BaselineInterval = compared.Count == 0 ? null : Rate(compared).Interval,
            BaselineName = ability.BaselineName,
            Note = plan.Note ?? ability.Note,
            Topics = [.. outcomes.GroupBy(outcome => outcome.Case.Topic, StringComparer.Ordinal)
                .Select(topic => new TopicScore(topic.Key, topic.Count(), Rate([.. topic]).Share))],
            Figures = figures,
            Failures = [.. outcomes.Where(outcome => !outcome.IsRight).Select(Describe)],
        };

        IReadOnlyList<CaseOutcome> Ask(LanguageModel model, IReadOnlyList<AbilityCase> some)
        {
            if (some.Count == 0) return [];
            var news = new PartialProgress(progress, (double)done / plan.Count, (double)some.Count / plan.Count);
            done += some.Count;
            return new CaseRunner(() => new ModelAnswerer(model), options.Threads).Run(some, news, cancellationToken);
        }
    }

    /// <summary>All that is asked for one column, so that its progress is known before.</summary>
    private Plans Plan(ModelFamily family, IReadOnlyList<AbilityCase> cases, IReadOnlyList<Arm> arms, EvaluationOptions options)
    {
        var (rival, asked, note) = Comparison(family, cases);
        return new Plans(cases, rival, asked, [.. arms.Select(arm => arm with { Cases = options.Limit(arm.Cases) })], note);
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

    /// <param name="Cases">What is asked.</param>
    /// <param name="Rival">Who is asked for comparison; null if nobody.</param>
    /// <param name="Compared">What the rival is asked.</param>
    /// <param name="Arms">What is asked for further figures.</param>
    /// <param name="Note">Why there is no comparison.</param>
    private sealed record Plans(
        IReadOnlyList<AbilityCase> Cases, LanguageModel? Rival, IReadOnlyList<AbilityCase> Compared, IReadOnlyList<Arm> Arms, string? Note)
    {
        public int Count => Cases.Count + (Rival is null ? 0 : Compared.Count) + Arms.Sum(arm => arm.Cases.Count);
    }
}

/// <summary>Progress of one part of the work.</summary>
internal sealed class PartialProgress(IProgress<double>? whole, double from, double share) : IProgress<double>
{
    public void Report(double value) => whole?.Report(from + value * share);
}
