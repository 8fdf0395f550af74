namespace LlmRabbitHoles.Sampling;

/// <summary>The ordered steps from raw logits to a token: penalty, temperature, top-k, top-p, min-p, then sampling.</summary>
public sealed class LogitPipeline
{
    private readonly Random _random;
    private readonly bool _greedy;

    private LogitPipeline(IReadOnlyList<ILogitStep> steps, bool greedy, int seed)
    {
        Steps = steps;
        _greedy = greedy;
        _random = new Random(seed);
    }

    /// <summary>The steps in the order in which they are applied; a setting that changes nothing has no step.</summary>
    public IReadOnlyList<ILogitStep> Steps { get; }

    /// <summary>The pipeline that these options describe. Greedy decoding keeps the penalty only.</summary>
    public static LogitPipeline From(SamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var greedy = options.Temperature == 0;
        return new([.. Describe(options, greedy)], greedy, options.Seed);
    }

    /// <summary>Applies all steps to the logits and samples a token; among equally likely ones, greedy takes the lowest id.</summary>
    /// <param name="logits">[vocab], changed in place.</param>
    /// <param name="history">Prompt and generated tokens so far.</param>
    /// <exception cref="LogitsException">A logit is not a number or infinite, or none is finite.</exception>
    public int Sample(Span<float> logits, ReadOnlySpan<int> history)
    {
        foreach (var step in Steps) step.Apply(logits, history);
        if (!float.IsFinite(System.Numerics.Tensors.TensorPrimitives.Max(logits)))
        {
            var after = Steps.Count == 0 ? "" : $" after {string.Join(", ", Steps.Select(step => step.Name))}";
            throw new LogitsException(
                $"The logits are not numbers{after}, so no token can be sampled. Choose settings nearer to 1, or check the model.");
        }

        return _greedy ? System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits) : SampleFrom(Softmax.Of(logits));
    }

    private static IEnumerable<ILogitStep> Describe(SamplingOptions options, bool greedy)
    {
        if (options.RepetitionPenalty is not (null or 1) and { } penalty) yield return new RepetitionPenalty(penalty);
        if (greedy) yield break;
        if (options.Temperature is not (null or 1) and { } temperature) yield return new Temperature(temperature);
        if (options.TopK is { } k) yield return new TopK(k);
        if (options.TopP is { } p) yield return new TopP(p);
        if (options.MinP is > 0 and var share) yield return new MinP(share);
    }

    private int SampleFrom(double[] probabilities)
    {
        var rest = _random.NextDouble();
        var last = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] == 0) continue;
            rest -= probabilities[last = i];
            if (rest < 0) return i;
        }
        return last;
    }
}

/// <summary>Thrown when no token can be sampled from the logits, because one of them is not a finite number.</summary>
public sealed class LogitsException(string message, Exception? inner = null) : ArithmeticException(message, inner);
