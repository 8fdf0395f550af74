using System.Diagnostics;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Teaches a decoder: forward, loss, backward, clip, step.</summary>
public sealed class Trainer : IDisposable
{
    private readonly Decoder _decoder;
    private readonly IObjective _objective;
    private readonly TrainingOptions _options;
    private readonly LearningRateSchedule _schedule;
    private readonly AdamW _adamW;
    private readonly Muon _muon;
    private readonly List<Parameter> _parameters;
    private readonly WorkerTeam _team;
    private readonly WordEmbedding? _words;

    /// <summary>A run that has made no step yet, towards predicting the next token.</summary>
    /// <param name="decoder">The model; float32, stays the caller's.</param>
    /// <param name="train">Texts to learn from.</param>
    /// <param name="validation">Texts to measure on, never learned from.</param>
    /// <param name="options">How long and how fast.</param>
    public Trainer(Decoder decoder, IReadOnlyList<Example> train, IReadOnlyList<Example> validation, TrainingOptions options)
        : this(decoder, new NextTokenObjective(train, validation, options), options, WorkerTeam.For(decoder, options))
    {
    }

    /// <summary>A run that has made no step yet.</summary>
    /// <param name="decoder">The model; float32, stays the caller's.</param>
    /// <param name="objective">What it learns.</param>
    /// <param name="options">How long and how fast.</param>
    /// <param name="team">Becomes owned.</param>
    /// <param name="words">The decoder's embeddings by words, where they are learned so; becomes owned.</param>
    public Trainer(Decoder decoder, IObjective objective, TrainingOptions options, WorkerTeam team, WordEmbedding? words = null)
    {
        (_decoder, _objective, _options, _team, _words) = (decoder, objective, options, team, words);
        _schedule = new LearningRateSchedule(options.PeakLearningRate, options.WarmUpSteps, options.Steps);
        _parameters = [.. decoder.parameters()];
        foreach (var parameter in _parameters) parameter.requires_grad = true;
        var isHiddenMatrix = decoder.named_parameters().ToLookup(p => IsHiddenMatrix(p.name, p.parameter), p => (p.name, p.parameter));
        var others = words is null
            ? isHiddenMatrix[false]
            : [.. isHiddenMatrix[false].Where(p => !ReferenceEquals(p.parameter, decoder.Embeddings)), .. words.Parts];
        (_muon, _adamW) = (new Muon(isHiddenMatrix[true]), new AdamW(others));
        NativeHeap.KeepFreedMemory();
    }

    /// <summary>The dtype of its large products, which its device decides.</summary>
    public ScalarType ProductDtype => ProductFormat.Of(_decoder.Embeddings.device);

    /// <summary>Steps made, also before a resume.</summary>
    public int Step => _adamW.Steps;

    /// <summary>Learns until all steps are made or the caller cancels.</summary>
    /// <param name="progress">Told after each step.</param>
    /// <param name="checkpoint">Called every so often, after the last step and when cancelled, so that the run can be resumed.</param>
    /// <param name="cancellationToken">Ends the run after the current step.</param>
    public void Run(IProgress<TrainingProgress>? progress, Action<Trainer>? checkpoint, CancellationToken cancellationToken)
    {
        var (watch, saved) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        var (first, tokens) = (Step, 0L);
        var host = HostCancellation.Token;
        foreach (var batches in _objective.Batches().Chunk(_options.Accumulation).Skip(first))
        {
            host.ThrowIfCancellationRequested();
            if (Step >= _options.Steps || cancellationToken.IsCancellationRequested) break;
            var rate = _schedule.At(Step);
            var loss = Learn(batches, rate);
            tokens += batches.Sum(b => (long)b.BatchSize * b.Time);
            var atEnd = Step == _options.Steps;
            double? validation = atEnd || Step % _options.ValidateEvery == 0 ? Validate() : null;
            var remaining = watch.Elapsed / (Step - first) * (_options.Steps - Step);
            progress?.Report(new TrainingProgress(Step, _options.Steps, loss, validation, rate, tokens, watch.Elapsed, remaining));
            if (!atEnd && saved.Elapsed < _options.CheckpointEvery) continue;
            checkpoint?.Invoke(this);
            saved.Restart();
        }
        if (cancellationToken.IsCancellationRequested) checkpoint?.Invoke(this);
    }

    /// <summary>Mean loss on what is held out, always the same.</summary>
    public double Validate()
    {
        var (sum, count) = (0.0, 0);
        foreach (var batch in _objective.Validation())
        {
            sum += _team.Run(worker => Loss(batch.Part(worker, _team.Count))).Sum();
            count += _objective.CountLosses(batch);
        }
        return sum / count;
    }

    /// <summary>Everything that a resumed run needs: weights and the optimizer's means, lent.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        Weights.Select(w => (w.Name, (Tensor)w.Value)).Concat(_adamW.State).Concat(_muon.State);

    /// <summary>Takes up where a run stopped.</summary>
    /// <param name="step">Steps that it had made.</param>
    /// <param name="state">The tensor of each name in <see cref="State"/>; disposed here.</param>
    public void Restore(int step, Func<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            foreach (var (name, weight) in Weights) weight.copy_(state(name));
        }
        _adamW.Restore(step, state);
        _muon.Restore(state);
    }

    /// <summary>Frees the optimizer's state and ends the workers.</summary>
    public void Dispose()
    {
        _adamW.Dispose();
        _muon.Dispose();
        _words?.Dispose();
        _team.Dispose();
    }

    /// <summary>The gradients of one step's batches, and their loss.</summary>
    internal double ComputeGradients(IReadOnlyList<PackedBatch> batches)
    {
        var count = batches.Sum(_objective.CountLosses);
        var sums = _team.Run(worker => SumGradients(batches.Select(b => b.Part(worker, _team.Count)), 1.0 / count));
        using (no_grad()) AddUp(sums);
        return sums.Sum(s => s.Loss);
    }

    private IEnumerable<(string Name, Parameter Value)> Weights => _decoder.named_parameters().Concat(_words?.Parts ?? []);

    private static bool IsHiddenMatrix(string name, Parameter parameter) =>
        parameter.dim() == 2 && name.StartsWith("layers.", StringComparison.Ordinal);

    private double Learn(PackedBatch[] batches, double learningRate)
    {
        var loss = ComputeGradients(batches);
        nn.utils.clip_grad_norm_(_parameters, _options.ClipNorm);
        _words?.ShareGradient();
        _adamW.Step(learningRate * _options.EmbeddingShare);
        _words?.WriteTable();
        _team.Run(worker => _muon.Step(learningRate, worker, _team.Count));
        _decoder.zero_grad();
        return loss;
    }

    /// <summary>What one worker makes of its rows.</summary>
    private GradientSum SumGradients(IEnumerable<PackedBatch> batches, double factor)
    {
        var sum = new GradientSum(_parameters);
        foreach (var batch in batches.Where(b => b.TargetCount > 0))
        {
            using var scope = NewDisposeScope();
            var tokens = CountedTokens.Of(_decoder, batch);
            var detached = tokens with { States = tokens.States.detach() };
            var (loss, statesGradient, unembeddingGradient) = _objective.Gradients(batch, detached, _decoder.Unembedding.detach(), factor);
            sum.Add(loss, autograd.grad([tokens.States], _parameters.ToArray<Tensor>(), [statesGradient], allow_unused: true));
            sum.Add(_decoder.Unembedding, unembeddingGradient);
        }
        return sum;
    }

    /// <summary>Always in the workers' order, so that a run repeats to the last bit.</summary>
    private void AddUp(GradientSum[] sums)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            using var scope = NewDisposeScope();
            if (sums.Select(s => s[i]).OfType<Tensor>().ToList() is [var first, .. var others])
                _parameters[i].grad = others.Aggregate(first, (a, b) => a.add_(b));
        }
        foreach (var sum in sums) sum.Dispose();
    }

    private double Loss(PackedBatch batch)
    {
        if (batch.TargetCount == 0) return 0;
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        return _objective.Loss(batch, CountedTokens.Of(_decoder, batch), _decoder.Unembedding);
    }
}

/// <summary>Where a training run stands after a step.</summary>
/// <param name="Step">Steps made, also by the runs before that this one resumed.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Mean negative log likelihood of this step's tokens, in nats.</param>
/// <param name="ValidationLoss">The same on held-out texts, where it was measured after this step.</param>
/// <param name="LearningRate">This step's.</param>
/// <param name="Tokens">Tokens read since this run began.</param>
/// <param name="Elapsed">Time since this run began.</param>
/// <param name="Remaining">Time left at this pace.</param>
public sealed record TrainingProgress(
    int Step, int Steps, double Loss, double? ValidationLoss, double LearningRate, long Tokens, TimeSpan Elapsed, TimeSpan Remaining)
{
    /// <summary>Tokens read a second.</summary>
    public double TokensPerSecond => Elapsed > TimeSpan.Zero ? Tokens / Elapsed.TotalSeconds : 0;
}
