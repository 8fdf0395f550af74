namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Directions between words have meaning: a is to b as c is to d, and d is among the three words nearest to b - a + c. Beside it
/// stands what the words nearest to c alone give, and both of the base model.</summary>
internal sealed class Geometry : IMeasurement
{
    private const int Count = 400;
    private const int Nearest = 3;
    private static readonly Analogy _queen = new("male and female", "man", "woman", "king", "queen");

    public string Name => "geometry";

    public AbilityScore Measure(
        ModelFamily family, EvaluationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var space = new WordSpace(family.Model);
        var cases = options.Limit(Analogies(space, Relation.All, options.Seed));
        var answers = new List<Answered>();
        foreach (var test in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            answers.Add(Ask(space, test));
            progress?.Report((double)answers.Count / cases.Count);
        }
        var (alone, ofBase, baseAlone) = (Alone(space, cases), (SuccessRate?)null, (SuccessRate?)null);
        if (family.BaseModel is { } baseModel)
        {
            var baseSpace = new WordSpace(baseModel);
            var both = cases.Where(test => new[] { test.A, test.B, test.C, test.D }.All(baseSpace.Has)).ToList();
            (ofBase, baseAlone) = (Rate([.. both.Select(test => Ask(baseSpace, test))]), Alone(baseSpace, both));
        }
        var opposites = options.Limit(Analogies(space, [Relation.Opposites], options.Seed)).Select(test => Ask(space, test)).ToList();
        var figures = new Dictionary<string, double> { ["opposites_not_counted"] = Rate(opposites).Share };
        if (ofBase is { } based) figures["base_model"] = based.Share;
        if (baseAlone is { } neighbours) figures["base_model_nearest_alone"] = neighbours.Share;
        return Score(answers) with
        {
            Baseline = alone.Share, BaselineInterval = alone.Interval, BaselineName = "the nearest words of c alone", Figures = figures,
        };
    }

    /// <summary>As many of each relation, as far as it has them; the queen among them.</summary>
    internal static IReadOnlyList<Analogy> Analogies(WordSpace space, IReadOnlyList<Relation> relations, int seed)
    {
        var random = new Random(seed);
        var waiting = relations.Select(relation => new Queue<Analogy>(random.Shuffled(Of(relation.Within(space)))
            .OrderByDescending(analogy => analogy == _queen))).ToList();
        var taken = new List<Analogy>();
        while (taken.Count < Count && waiting.Any(queue => queue.Count > 0))
        {
            foreach (var queue in waiting)
                if (queue.TryDequeue(out var analogy))
                    taken.Add(analogy);
        }
        return [.. taken.Take(Count)];
    }

    // Two pairs must not share their answer: from Spain to Spanish as from Mexico to Spanish says nothing.
    private static IEnumerable<Analogy> Of(Relation relation) =>
        from first in relation.Pairs
        from second in relation.Pairs
        where first.From != second.From && first.To != second.To && first.From != second.To && first.To != second.From
        select new Analogy(relation.Name, first.From, first.To, second.From, second.To);

    // What the direction adds: without it the nearest words of c are all there is.
    private static SuccessRate Alone(WordSpace space, IReadOnlyList<Analogy> cases) => Rate(
        [.. cases.Select(test => new Answered(test, space.Nearest(test.C, Nearest, test.A, test.B)))]);

    private static Answered Ask(WordSpace space, Analogy test) => new(test, space.Complete(test.A, test.B, test.C, Nearest));

    private static SuccessRate Rate(IReadOnlyCollection<Answered> answers) => new(answers.Count(answer => answer.IsRight), answers.Count);

    private AbilityScore Score(IReadOnlyList<Answered> answers) => AbilityScore.Of(Name, Rate(answers)) with
    {
        Topics = [.. answers.GroupBy(answer => answer.Case.Relation, StringComparer.Ordinal)
            .Select(relation => new TopicScore(relation.Key, relation.Count(), Rate([.. relation]).Share))],
        Failures = [.. answers.Where(answer => !answer.IsRight).Select(answer => new Failure(answer.Case.Relation,
            $"{answer.Case.A} is to {answer.Case.B} as {answer.Case.C} is to", string.Join(", ", answer.Words), answer.Case.D))],
    };

    private sealed record Answered(Analogy Case, IReadOnlyList<string> Words)
    {
        public bool IsRight => Words.Contains(Case.D);
    }
}

/// <summary>a is to b as c is to d.</summary>
internal sealed record Analogy(string Relation, string A, string B, string C, string D);
