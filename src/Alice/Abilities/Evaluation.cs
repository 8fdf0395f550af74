using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Measures what a model can do.</summary>
public static class Evaluation
{
    private static readonly string[] _order =
    [
        "language", "facts", "geometry", "thinking", "tools", "newTools", "memory", "memory400", "memory900", "forgetting", "skills",
        "planning", "structure", "newSchemas", "stopping", "honesty", "injection", "letters", "followUps", "smallTalk",
    ];

    /// <summary>Names of all abilities, in the order of the table.</summary>
    public static IReadOnlyList<string> Names => [.. All.Select(measurement => measurement.Name)];

    private static IReadOnlyList<IMeasurement> All =>
        [.. AbilityList.All.Select(IMeasurement (ability) => new ConversationMeasurement(ability))
            .Append(new Geometry()).Append(new Language())
            .OrderBy(measurement => Array.IndexOf(_order, measurement.Name) is var at and >= 0 ? at : _order.Length)];

    /// <summary>Measures; the same options give the same figures.</summary>
    /// <param name="model">With a tokenizer and a chat template. Lent.</param>
    /// <param name="options">What is measured; default: everything.</param>
    /// <param name="progress">Receives news from any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A score for each ability, in the order of the table.</returns>
    /// <exception cref="PromptException">The model has no tokenizer or no chat template.</exception>
    public static IReadOnlyList<AbilityScore> Run(
        LanguageModel model, EvaluationOptions? options = null, IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new EvaluationOptions();
        // The evaluation talks with the model: without these it throws before the first case.
        _ = (model.Tokenizer, model.ChatTemplate);
        IMeasurement[] chosen = [.. All.Where(measurement => options.Abilities.Count == 0 || options.Abilities.Contains(measurement.Name))];
        using var family = new ModelFamily(model);
        var scores = new List<AbilityScore>();
        foreach (var (index, measurement) in chosen.Index())
        {
            var news = new News(progress, measurement.Name, index, chosen.Length);
            var score = measurement.Measure(family, options, news, cancellationToken);
            scores.Add(score);
            progress?.Report(new EvaluationProgress(measurement.Name, (index + 1.0) / chosen.Length, score));
        }
        return scores;
    }

    private sealed class News(IProgress<EvaluationProgress>? progress, string name, int index, int count) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(new EvaluationProgress(name, (index + value) / count, null));
    }
}

/// <summary>How far an evaluation is.</summary>
/// <param name="Ability">What is being measured.</param>
/// <param name="Share">Done of all, from 0 to 1.</param>
/// <param name="Score">Its score; null until it is measured.</param>
public sealed record EvaluationProgress(string Ability, double Share, AbilityScore? Score);

/// <summary>Measures one ability of a model.</summary>
internal interface IMeasurement
{
    /// <summary>The ability's name.</summary>
    string Name { get; }

    /// <summary>Measures it.</summary>
    /// <param name="family">The model, and those that it is compared with.</param>
    /// <param name="options">Seed, number of cases, threads.</param>
    /// <param name="progress">Receives the share done, from 0 to 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    AbilityScore Measure(ModelFamily family, EvaluationOptions options, IProgress<double>? progress, CancellationToken cancellationToken);
}
