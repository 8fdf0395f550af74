namespace LlmRabbitHoles.Alice.Abilities;

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
