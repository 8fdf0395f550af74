using System.Diagnostics;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Teaches a decoder to predict the next token: forward, loss, backward, clip, step.</summary>
/// <remarks>The loss is the mean cross-entropy of the tokens that count. Bengio et al. 2003; Radford et al. 2018.</remarks>
public sealed class Trainer : IDisposable
{
    private const int ValidationBatches = 8;

    private readonly Decoder _decoder;
    private readonly TrainingOptions _options;
    private readonly LearningRateSchedule _schedule;
    private readonly AdamW _optimizer;
    private readonly List<Parameter> _parameters;
    private readonly WorkerTeam _team;
    private readonly Packer _train;
    private readonly Packer _validation;

    /// <summary>A run that has made no step yet.</summary>
    /// <param name="decoder">The model; float32, stays the caller's.</param>
    /// <param name="train">Texts to learn from.</param>
    /// <param name="validation">Texts to measure on, never learned from.</param>
    /// <param name="options">How long and how fast.</param>
    public Trainer(Decoder decoder, IReadOnlyList<Example> train, IReadOnlyList<Example> validation, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(options);
        (_decoder, _options) = (decoder, options);
        _schedule = new LearningRateSchedule(options.PeakLearningRate, options.WarmUpSteps, options.Steps);
        _parameters = [.. decoder.parameters()];
        foreach (var parameter in _parameters) parameter.requires_grad = true;
        _optimizer = new AdamW(decoder.named_parameters().Select(p => (p.name, p.parameter)));
        _team = new WorkerTeam(decoder.Embeddings.device.type == DeviceType.CPU ? options.Workers : 1);
        NativeHeap.KeepFreedMemory();
        _train = new Packer(train, options.Rows, options.Time, options.Seed, options.OpenRows);
        _validation = new Packer(validation, options.Rows, options.Time, seed: 0);
    }

    /// <summary>Steps made, also before a resume.</summary>
    public int Step => _optimizer.Steps;

    /// <summary>Learns until all steps are made or the caller cancels.</summary>
    /// <param name="progress">Told after each step.</param>
    /// <param name="checkpoint">Called every so many steps, after the last and when cancelled, so that the run can be resumed.</param>
    /// <param name="cancellationToken">Ends the run after the current step.</param>
    public void Run(IProgress<TrainingProgress>? progress, Action<Trainer>? checkpoint, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var first = Step;
        foreach (var batches in _train.Batches().Chunk(_options.Accumulation).Skip(first))
        {
            if (Step >= _options.Steps || cancellationToken.IsCancellationRequested) break;
            var rate = _schedule.At(Step);
            var loss = Learn(batches, rate);
            var atEnd = Step == _options.Steps;
            double? validation = atEnd || Step % _options.ValidateEvery == 0 ? Validate() : null;
            var done = Step - first;
            var remaining = watch.Elapsed / done * (_options.Steps - Step);
            var tokens = (long)done * _options.Accumulation * _options.Rows * _options.Time;
            progress?.Report(new TrainingProgress(Step, _options.Steps, loss, validation, rate, tokens, watch.Elapsed, remaining));
            if (atEnd || Step % _options.CheckpointEvery == 0) checkpoint?.Invoke(this);
        }
        if (cancellationToken.IsCancellationRequested) checkpoint?.Invoke(this);
    }

    /// <summary>Mean loss on held-out texts, always the same ones.</summary>
    /// <returns>nats a token</returns>
    public double Validate()
    {
        using var noGradients = no_grad();
        var (sum, counted) = (0.0, 0);
        foreach (var batch in _validation.Batches().Take(ValidationBatches))
        {
            using var scope = NewDisposeScope();
            var (states, targets) = CountedStates(batch);
            sum += NextTokenLoss.Sum(states, _decoder.Unembedding, targets);
            counted += batch.Counted;
        }
        return sum / counted;
    }

    /// <summary>Everything that a resumed run needs: weights and the optimizer's means, lent.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        _decoder.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Concat(_optimizer.State);

    /// <summary>Takes up where a run stopped.</summary>
    /// <param name="step">Steps that it had made.</param>
    /// <param name="state">The tensor of each name in <see cref="State"/>; disposed here.</param>
    public void Restore(int step, Func<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            foreach (var (name, parameter) in _decoder.named_parameters()) parameter.copy_(state(name));
        }
        _optimizer.Restore(step, state);
    }

    /// <summary>Frees the optimizer's state and ends the workers.</summary>
    public void Dispose()
    {
        _optimizer.Dispose();
        _team.Dispose();
    }

    private double Learn(PackedBatch[] batches, double learningRate)
    {
        var counted = batches.Sum(b => b.Counted);
        var shares = _team.Run(worker => Share(batches, worker, counted));
        using (no_grad()) AddUp(shares);
        nn.utils.clip_grad_norm_(_parameters, _options.ClipNorm);
        _optimizer.Step(learningRate);
        _decoder.zero_grad();
        return shares.Sum(s => s.Loss);
    }

    /// <summary>One worker's rows of every batch.</summary>
    private GradientSum Share(PackedBatch[] batches, int worker, int counted)
    {
        var sum = new GradientSum(_parameters);
        foreach (var batch in batches.Select(b => b.Part(worker, _team.Count)).Where(b => b.Counted > 0))
        {
            using var scope = NewDisposeScope();
            var (states, targets) = CountedStates(batch);
            var (loss, ofStates, ofUnembedding) = NextTokenLoss.Gradients(states.detach(), _decoder.Unembedding.detach(), targets, 1.0 / counted);
            sum.Add(loss, autograd.grad([states], _parameters.ToArray<Tensor>(), [ofStates], allow_unused: true));
            sum.Add(_decoder.Unembedding, ofUnembedding);
        }
        return sum;
    }

    /// <summary>Always in the workers' order, so that a run repeats to the last bit.</summary>
    private void AddUp(GradientSum[] shares)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            using var scope = NewDisposeScope();
            var sum = shares.Select(s => s[i]).OfType<Tensor>().Aggregate((a, b) => a.add_(b));
            _parameters[i].grad = sum;
        }
        foreach (var share in shares) share.Dispose();
    }

    /// <summary>Final states of the tokens whose prediction counts, and what should follow them.</summary>
    private (Tensor States, Tensor Targets) CountedStates(PackedBatch batch)
    {
        using var scope = NewDisposeScope();
        var device = _decoder.Embeddings.device;
        var inputs = tensor(batch.Inputs, batch.Rows, batch.Time, device: device);
        var all = _decoder.States(inputs, new ForwardPass { Mask = batch.Mask(device) });
        long[] counted = [.. batch.Targets.Index().Where(t => t.Item != PackedBatch.Ignored).Select(t => (long)t.Index)];
        var states = all.view(batch.Rows * batch.Time, -1).index_select(0, tensor(counted, device: device));
        var targets = tensor(counted.Select(i => batch.Targets[i]).ToArray(), device: device);
        return (states.MoveToOuterDisposeScope(), targets.MoveToOuterDisposeScope());
    }
}
