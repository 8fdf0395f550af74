using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class TrainerTests
{
    private static readonly DecoderConfig Tiny =
        DecoderConfig.Llama(vocabulary: 16, hidden: 32, layers: 2, heads: 4, keyValueHeads: 2, context: 32);
    private static readonly TrainingOptions Options = new() { Steps = 60, Rows = 4, Time = 16, WarmUpSteps = 5, PeakLearningRate = 1e-2 };

    // The texts count up from any number, modulo 16. Each token after the first is certain, so the loss can fall to almost 0.
    private static readonly Example[] Counting = [.. Enumerable.Range(0, 64).Select(start =>
        new Example([.. Enumerable.Range(start, 8).Select(n => n % 16)], [.. Enumerable.Range(0, 8).Select(i => i > 0)]))];

    [Fact]
    public void APredictableSequenceIsLearned()
    {
        using var decoder = NewDecoder();
        using var trainer = new Trainer(decoder, Counting, Counting, Options);

        var before = trainer.Validate();
        trainer.Run(progress: null, checkpoint: null, TestContext.Current.CancellationToken);

        Assert.InRange(before, 2.5, 3.1);            // ln 16 = 2.77: all tokens are equally likely
        Assert.InRange(trainer.Validate(), 0, 0.1);
    }

    [Fact]
    public void ModelsThatCapTheirLogitsAreRefused()
    {
        using var random = new InitialWeights(3);
        using var decoder = new Decoder(Tiny with { LogitCap = 30 }, random);
        var refused = Assert.Throws<ArgumentException>(() => new Trainer(decoder, Counting, Counting, Options));
        Assert.Contains("caps its logits at 30", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AResumedRunRepeatsTheLossesOfAnUnbrokenRun()
    {
        var unbroken = Losses(new Run().To(60));
        var first = new Run().To(60, stopAfter: 25);
        var second = new Run(first).To(60);

        Assert.Equal<double[]>(unbroken, [.. Losses(first), .. Losses(second)]);
    }

    [Fact]
    public void MixedPrecisionLearnsAndKeepsFloat32Weights()
    {
        using var decoder = NewDecoder(new Bfloat16Compute());
        using var trainer = new Trainer(decoder, Counting, Counting, Options);

        trainer.Run(progress: null, checkpoint: null, TestContext.Current.CancellationToken);

        Assert.InRange(trainer.Validate(), 0, 0.1);
        Assert.All(decoder.parameters(), p => Assert.Equal(ScalarType.Float32, p.dtype));
    }

    [Fact]
    public void ATokenInAPackedRowAttendsOnlyToItsOwnText()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var decoder = NewDecoder();
        var packed = new PackedBatch([1, 2, 3, 7, 8, 0], new long[6], [1, 1, 1, 2, 2, 0], BatchSize: 1, Time: 6);
        var alone = decoder.call(tensor(new long[] { 7, 8 }, 1, 2), new ForwardPass());

        var together = decoder.call(tensor(packed.Inputs, 1, 6), new ForwardPass { Mask = packed.Mask(CPU) });

        // Rotary positions are relative, so the position in the row does not matter.
        Assert.True(alone.allclose(together.narrow(1, 3, 2), rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void TwoWorkersComputeTheGradientsOfOneWorker()
    {
        using var scope = NewDisposeScope();
        using var decoder = NewDecoder();
        var one = Gradients(decoder, workers: 1);

        var two = Gradients(decoder, workers: 2);
        var again = Gradients(decoder, workers: 2);

        // The sums are the same, but each worker's part is rounded to bfloat16, which keeps 8 bits.
        Assert.All(one.Zip(two), pair => Assert.InRange(((pair.First - pair.Second).norm() / pair.First.norm()).ToDouble(), 0, 1 / 128.0));
        Assert.All(two.Zip(again), pair => Assert.True(pair.First.allclose(pair.Second, rtol: 0, atol: 0)));
    }

    [Fact]
    public void AFailureInAWorkerReachesTheCaller()
    {
        using var team = new WorkerTeam(2);

        var failure = Assert.Throws<InvalidOperationException>(
            () => team.Run<int>(worker => worker == 1 ? throw new InvalidOperationException("one") : 0));

        Assert.Equal("one", failure.Message);
        Assert.Equal([0, 10], team.Run(worker => 10 * worker));
    }

    [Fact]
    public void TrainingLeavesNoTensorsBehind()
    {
        using var decoder = NewDecoder();
        using var trainer = new Trainer(decoder, Counting, Counting, Options with { Steps = 4, Workers = 1 });    // the count is per thread
        trainer.Validate();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        trainer.Run(progress: null, checkpoint: null, TestContext.Current.CancellationToken);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Decoder NewDecoder(IArithmetic? kind = null)
    {
        using var weights = new InitialWeights(seed: 1);
        return new Decoder(Tiny, weights, kind);
    }

    private static List<Tensor> Gradients(Decoder decoder, int workers)
    {
        var options = Options with { Workers = workers };
        using var trainer = new Trainer(decoder, Counting, Counting, options);
        trainer.ComputeGradients([.. new Packer(Counting, options, seed: 1).Batches().Take(2)]);
        var gradients = decoder.parameters().Select(p => p.grad!.clone()).ToList();
        decoder.zero_grad();
        return gradients;
    }

    private static double[] Losses(Run run) => [.. run.Progress.Select(p => p.Loss)];

    private sealed class Run(Run? earlier = null)
    {
        private readonly Dictionary<string, Tensor> _state = [];

        public List<TrainingProgress> Progress { get; } = [];

        public Run To(int steps, int? stopAfter = null)
        {
            using var stop = new CancellationTokenSource();
            using var decoder = NewDecoder();
            using var trainer = new Trainer(decoder, Counting, Counting, Options with { Steps = steps });
            if (earlier is not null) trainer.Restore(earlier.Progress[^1].Step, name => earlier._state[name]);
            var progress = new SynchronousProgress(p =>
            {
                Progress.Add(p);
                if (p.Step == stopAfter) stop.Cancel();
            });
            trainer.Run(progress, Save, stop.Token);
            return this;
        }

        private void Save(Trainer trainer)
        {
            using var noGradients = no_grad();
            foreach (var (name, value) in trainer.State) _state[name] = value.detach().clone();
        }
    }

    /// <summary>Reports at once and on the same thread, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class SynchronousProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
