using System.Numerics.Tensors;

namespace LlmRabbitHoles.Sampling;

/// <summary>
/// The ordered steps from raw logits to a token: bias, repetition, frequency and presence penalty, DRY, thought limit, temperature, top-k,
/// top-p, min-p, typical, then softmax and sampling.
/// </summary>
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

    /// <summary>The pipeline that these options describe. Greedy decoding keeps the bias and the penalties only.</summary>
    public static LogitPipeline From(SamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var greedy = options.Temperature == 0;
        return new([.. Corrections(options), .. greedy ? [] : Filters(options)], greedy, options.Seed);
    }

    /// <summary>Applies all steps to the logits and samples a token; among equally likely ones, greedy takes the lowest id.</summary>
    /// <param name="logits">[vocab], changed in place.</param>
    /// <param name="history">Prompt and generated tokens so far.</param>
    /// <param name="promptLength">How many tokens of the history are the prompt; the rest was generated. Default 0: all was.</param>
    /// <exception cref="LogitsException">A logit is not a number or infinite, or none is finite.</exception>
    public int Sample(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        Apply(logits, history, promptLength);
        return _greedy ? TensorPrimitives.IndexOfMax(logits) : SampleFrom(Softmax.Of(logits));
    }

    /// <summary>Shows what each step does: the probabilities before the first step and after each one.</summary>
    /// <param name="logits">[vocab], left as they are.</param>
    /// <param name="history">Prompt and generated tokens so far.</param>
    /// <param name="promptLength">How many tokens of the history are the prompt; the rest was generated. Default 0: all was.</param>
    /// <returns>One entry named <c>logits</c>, then one for each of <see cref="Steps"/>.</returns>
    public IReadOnlyList<StepTrace> Trace(ReadOnlySpan<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        var changed = logits.ToArray();
        var traces = new List<StepTrace> { StepTrace.Of("logits", changed) };
        foreach (var step in Steps)
        {
            step.Apply(changed, history, promptLength);
            traces.Add(StepTrace.Of(step.Name, changed));
        }
        return traces;
    }

    /// <summary>Applies all steps, without sampling.</summary>
    internal void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength)
    {
        foreach (var step in Steps) step.Apply(logits, history, promptLength);
        if (float.IsFinite(TensorPrimitives.Max(logits))) return;
        var after = Steps.Count == 0 ? "" : $" after {string.Join(", ", Steps.Select(step => step.Name))}";
        throw new LogitsException(
            $"The logits are not numbers{after}, so no token can be sampled. Choose settings nearer to 1, or check the model.");
    }

    private static IEnumerable<ILogitStep> Corrections(SamplingOptions options)
    {
        if (options.LogitBias is { Count: > 0 } bias) yield return new LogitBias(bias);
        if (options.RepetitionPenalty is not (null or 1) and { } repetition) yield return new RepetitionPenalty(repetition);
        if (options.FrequencyPenalty is not (null or 0) and { } frequency) yield return new FrequencyPenalty(frequency);
        if (options.PresencePenalty is not (null or 0) and { } presence) yield return new PresencePenalty(presence);
        if (options.Dry is { Multiplier: > 0 } dry) yield return new Dry(dry);
        if (options.Thought is { } thought) yield return new ThoughtLimit(thought);
    }

    private static IEnumerable<ILogitStep> Filters(SamplingOptions options)
    {
        if (options.Temperature is not (null or 1) and { } temperature) yield return new Temperature(temperature);
        if (options.TopK is { } k) yield return new TopK(k);
        if (options.TopP is { } p) yield return new TopP(p);
        if (options.MinP is > 0 and var share) yield return new MinP(share);
        if (options.TypicalP is < 1 and var typical) yield return new TypicalP(typical);
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

/// <summary>The distribution after one step of a <see cref="LogitPipeline"/>.</summary>
/// <param name="Name">The step's.</param>
/// <param name="Left">Tokens that are not ruled out.</param>
/// <param name="Probabilities">[vocab], summing to 1; 0 for a token that is ruled out.</param>
public sealed record StepTrace(string Name, int Left, IReadOnlyList<double> Probabilities)
{
    internal static StepTrace Of(string name, float[] logits) =>
        new(name, logits.Count(logit => !float.IsNegativeInfinity(logit)), Softmax.Of(logits));
}

/// <summary>Thrown when no token can be sampled from the logits, because one of them is not a finite number.</summary>
public sealed class LogitsException(string message, Exception? inner = null) : ArithmeticException(message, inner);
