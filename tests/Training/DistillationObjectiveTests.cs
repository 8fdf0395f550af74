using LlmRabbitHoles.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class DistillationObjectiveTests
{
    private static readonly DecoderConfig Large =
        DecoderConfig.Llama(vocabulary: 16, hidden: 32, layers: 2, heads: 2, keyValueHeads: 1, context: 32);
    private static readonly DecoderConfig Small =
        DecoderConfig.Llama(vocabulary: 16, hidden: 16, layers: 1, heads: 1, keyValueHeads: 1, context: 32);
    private static readonly TrainingOptions Options = new() { Steps = 150, Rows = 4, Time = 16, WarmUpSteps = 5, PeakLearningRate = 1e-2 };
    private static readonly Example[] Texts = [.. Enumerable.Range(0, 40).Select(start =>
        new Example([.. Enumerable.Range(start, 8).Select(n => n * n % 16)], [.. Enumerable.Range(0, 8).Select(i => i > 0)]))];

    [Fact]
    public void AModelIsNoDistanceFromItself()
    {
        using var teacher = Model(Large, seed: 3);
        var objective = new DistillationObjective(new NextTokenObjective(Texts, Texts, Options), teacher);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var batch = objective.Batches().First();
        var (loss, states, unembedding) = objective.Gradients(batch, CountedTokens.Of(teacher, batch), teacher.Unembedding, 1);
        Assert.Equal(0, loss, 1e-6);
        Assert.Equal(0, states.abs().max().ToDouble(), 1e-6);
        Assert.Equal(0, unembedding.abs().max().ToDouble(), 1e-6);
    }

    [Fact]
    public void TheGradientsMatchAutograd()
    {
        using var teacher = Model(Large, seed: 3);
        using var student = Model(Small, seed: 4);
        var objective = new DistillationObjective(new NextTokenObjective(Texts, Texts, Options), teacher);
        using var scope = NewDisposeScope();
        var batch = objective.Batches().First();
        var tokens = CountedTokens.Of(student, batch) is var counted ? counted with { States = counted.States.detach() } : counted;
        var (x, w) = (tokens.States.clone().requires_grad_(), student.Unembedding.detach().clone().requires_grad_());
        var target = nn.functional.linear(CountedTokens.Of(teacher, batch).States.detach(), teacher.Unembedding.detach()).softmax(-1);
        var plain = (target * (target.log() - nn.functional.linear(x, w).log_softmax(-1))).sum() * 0.5;
        plain.backward();

        using var noGradients = no_grad();
        var (loss, states, unembedding) = objective.Gradients(batch, tokens, student.Unembedding, 0.5);
        // Products of bfloat16 numbers are off by 2^-8 each.
        Assert.Equal(plain.ToDouble(), loss, Math.Max(0.01, Math.Abs(plain.ToDouble()) * 0.03));
        Assert.InRange(((x.grad! - states).norm() / x.grad!.norm()).ToDouble(), 0, 0.03);
        Assert.InRange(((w.grad! - unembedding).norm() / w.grad!.norm()).ToDouble(), 0, 0.03);
    }

    [Fact]
    public void AStudentComesNearItsTeacher()
    {
        using var teacher = Model(Large, seed: 3);
        using (var lessons = new Trainer(teacher, Texts, Texts, Options))
            lessons.Run(progress: null, checkpoint: null, TestContext.Current.CancellationToken);
        var student = Model(Small, seed: 4);
        var objective = new DistillationObjective(new NextTokenObjective(Texts, Texts, Options), teacher);
        using var trainer = new Trainer(student, objective, Options, WorkerTeam.For(student, Options));
        var before = trainer.Validate();
        trainer.Run(progress: null, checkpoint: null, TestContext.Current.CancellationToken);
        Assert.InRange(trainer.Validate(), 0, before / 5);
    }

    private static Decoder Model(DecoderConfig config, int seed)
    {
        using var weights = new InitialWeights(seed);
        return new Decoder(config, weights);
    }
}
