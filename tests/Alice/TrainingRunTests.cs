using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Alice.Tests;

/// <summary>The phases one after another, much reduced: a model of 50,000 parameters on a hundredth of the corpus.</summary>
public sealed class TrainingRunTests : IDisposable
{
    private static readonly Corpus Corpus = CorpusBuilder.Build(new CorpusOptions { Scale = 0.01 });

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void EveryPhaseTrainsAndResumesToTheLossesOfAnUnbrokenRun()
    {
        foreach (var phase in Enum.GetValues<TrainingPhase>())
        {
            var parent = phase.StartsFrom() is { } name ? Folder(name) : null;
            var unbroken = Losses(phase, Folder(phase.Model()), parent);
            var first = Losses(phase, Folder("broken"), parent, stopAfter: 5);
            var second = Losses(phase, Folder("broken"), parent, resume: true);

            Assert.Equal<double[]>(unbroken, [.. first, .. second]);
            Assert.All(unbroken.Zip(TrainingLog.Read(Folder("broken"))), p => Assert.Equal(p.First, p.Second.Loss, 1e-4));
            Directory.Delete(Folder("broken"), recursive: true);
        }
        using var alice = Checkpoint.Open(Folder("alice"));
        using var firstPhase = Checkpoint.Open(Folder("alice-base"));
        Assert.Equal(firstPhase.Tokenizer!.Encode("The capital of France is"), alice.Tokenizer!.Encode("The capital of France is"));
    }

    [Fact]
    public void ARetrainedModelLandsInItsBand()
    {
        var losses = Losses(TrainingPhase.Base, Folder("band"), parent: null, steps: 60);

        Assert.InRange(losses[0], 6.1, 6.4);                // ln 512 = 6.24: it knows nothing
        Assert.InRange(losses[^5..].Average(), 4, 5.3);
    }

    [Fact]
    public void ARunIsNotOverwrittenAndNothingIsNotResumed()
    {
        Losses(TrainingPhase.Base, Folder("once"), parent: null, steps: 1);

        Assert.Contains("--resume", Refusal(() => Losses(TrainingPhase.Base, Folder("once"), parent: null)), StringComparison.Ordinal);
        Assert.Contains(
            "to resume from", Refusal(() => Losses(TrainingPhase.Base, Folder("never"), parent: null, resume: true)),
            StringComparison.Ordinal);
        Assert.Contains("alice-base", Refusal(() => Losses(TrainingPhase.Sft, Folder("chat"), parent: null)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Refusal(Action action) => Assert.Throws<CheckpointException>(action).Message;

    private string Folder(string name) => Path.Combine(_folder.Path, name);

    private static double[] Losses(
        TrainingPhase phase, string folder, string? parent, int steps = 8, int? stopAfter = null, bool resume = false)
    {
        using var stop = new CancellationTokenSource();
        var losses = new List<double>();
        new TrainingRun(phase, Recipe(steps), folder) { From = parent, Corpus = Corpus, Resume = resume }.Start(progress: new Told(p =>
        {
            losses.Add(Math.Round(p.Loss, 4));
            if (p.Step == stopAfter) stop.Cancel();
        }), cancellationToken: stop.Token);
        return [.. losses];
    }

    private static AliceRecipe Recipe(int steps) => new()
    {
        VocabularySize = 512,
        HiddenSize = 48,
        HeadSize = 16,
        Layers = 1,
        Training = new() { Steps = steps, WarmUpSteps = 5, Rows = 4, Time = 128, LongTime = 256, Pairs = 4, Workers = 2 },
    };

    private sealed class Told(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
