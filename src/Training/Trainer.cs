using System.Diagnostics;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Trains a decoder: forward, loss, backward, clip, step.</summary>
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

    /// <summary>Prepares a run that trains the next-token objective.</summary>
    /// <param name="decoder">Has float32 weights. The caller owns it.</param>
    /// <param name="train">Texts to learn from.</param>
    /// <param name="validation">Held-out texts.</param>
    /// <param name="options">How long, how fast and on how much at once the model learns.</param>
    public Trainer(Decoder decoder, IReadOnlyList<Example> train, IReadOnlyList<Example> validation, TrainingOptions options)
        : this(decoder, new NextTokenObjective(train, validation, options), options, WorkerTeam.For(decoder, options))
    {
    }

    /// <summary>Prepares a run that trains an objective.</summary>
    /// <param name="decoder">Has float32 weights, and no cap on its logits. The caller owns it.</param>
    /// <param name="objective">Gives the batches and the loss.</param>
    /// <param name="options">How long and how fast the model learns.</param>
    /// <param name="team">Computes the gradients. The trainer takes ownership.</param>
    /// <param name="words">Splits the decoder's embeddings into words and a space; null trains the table as it is. The trainer takes
    /// ownership.</param>
    public Trainer(Decoder decoder, IObjective objective, TrainingOptions options, WorkerTeam team, WordEmbedding? words = null)
    {
        (_decoder, _objective, _options, _team, _words) = (Trainable(decoder), objective, options, team, words);
        _schedule = new LearningRateSchedule(
            options.PeakLearningRate, options.WarmUpSteps, options.Steps, SteadyShare: options.SteadyShare);
        _parameters = [.. decoder.parameters()];
        foreach (var parameter in _parameters) parameter.requires_grad = true;
        var isHiddenMatrix = decoder.named_parameters().ToLookup(p => IsHiddenMatrix(p.name, p.parameter), p => (p.name, p.parameter));
        var others = words is null
            ? isHiddenMatrix[false]
            : [.. isHiddenMatrix[false].Where(p => !ReferenceEquals(p.parameter, decoder.Embeddings)), .. words.Parts];
        (_muon, _adamW) = (new Muon(isHiddenMatrix[true]), new AdamW(others));
        NativeHeap.KeepFreedMemory();
    }

    // The loss multiplies hidden states with the output matrix itself, some words at a time, and would not see the cap.
    private static Decoder Trainable(Decoder decoder) => decoder?.Config.LogitCap is null ? decoder! : throw new ArgumentException(
        $"The model caps its logits at {decoder.Config.LogitCap}, which the trainer's loss does not know. Train a model without LogitCap.",
        nameof(decoder));

    /// <summary>The dtype of its large products. The device decides it.</summary>
    public ScalarType ProductDtype => Devices.ProductDtype.Of(_decoder.Embeddings.device);

    /// <summary>How many steps were made, including those before a resume.</summary>
    public int Step => _adamW.Steps;

    /// <summary>Trains until all steps are made or the caller cancels.</summary>
    /// <param name="progress">Receives a report after each step.</param>
    /// <param name="checkpoint">Called at the interval in the options, after the last step and after a cancellation, so that the run can
    /// be resumed.</param>
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

    /// <summary>The mean loss of the held-out batches.</summary>
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

    /// <summary>Everything that a resumed run needs: the weights and the state of the optimizers. The trainer owns the tensors.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        Weights.Select(w => (w.Name, (Tensor)w.Value)).Concat(_adamW.State).Concat(_muon.State);

    /// <summary>Continues where an earlier run stopped.</summary>
    /// <param name="step">The steps that the earlier run had made.</param>
    /// <param name="state">Returns the tensor of a name in <see cref="State"/>. This method disposes the tensors that it creates.</param>
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

    /// <summary>Frees the state of the optimizers and ends the workers.</summary>
    public void Dispose()
    {
        _adamW.Dispose();
        _muon.Dispose();
        _words?.Dispose();
        _team.Dispose();
    }

    /// <summary>Computes the loss of one step and stores its gradients in the parameters.</summary>
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

    /// <summary>Computes one worker's loss and gradients.</summary>
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

    /// <summary>Adds in the order of the workers, so that a run repeats bit for bit.</summary>
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
/// <param name="Step">Steps made so far, including those before a resume.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">The step's mean loss, in nats.</param>
/// <param name="ValidationLoss">The mean loss of the held-out batches; null where it was not measured.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Tokens">Tokens read since this run began, padding included.</param>
/// <param name="Elapsed">Time since this run began.</param>
/// <param name="Remaining">Estimated time to the last step.</param>
public sealed record TrainingProgress(
    int Step, int Steps, double Loss, double? ValidationLoss, double LearningRate, long Tokens, TimeSpan Elapsed, TimeSpan Remaining)
{
    /// <summary>Tokens read per second.</summary>
    public double TokensPerSecond => Elapsed > TimeSpan.Zero ? Tokens / Elapsed.TotalSeconds : 0;
}
