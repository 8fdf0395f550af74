using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Trains a small model to give each token the probability that a larger one gives it. The loss is the distance of its
/// distribution from the larger model's (Kullback-Leibler), in nats per counted token.</summary>
/// <remarks>Hinton et al. 2015, arXiv:1503.02531; for models that guess ahead: Zhou et al. 2023, arXiv:2310.08461.</remarks>
/// <param name="texts">Gives the batches.</param>
/// <param name="teacher">The larger model, with the same tokens. The caller owns it.</param>
public sealed class DistillationObjective(NextTokenObjective texts, Decoder teacher) : IObjective
{
    /// <inheritdoc/>
    public IEnumerable<PackedBatch> Batches() => texts.Batches();

    /// <inheritdoc/>
    public IEnumerable<PackedBatch> Validation() => texts.Validation();

    /// <inheritdoc/>
    public int CountLosses(PackedBatch batch) => texts.CountLosses(batch);

    /// <inheritdoc/>
    public double Loss(PackedBatch batch, CountedTokens tokens, Tensor unembedding)
    {
        using var scope = NewDisposeScope();
        return Slices(batch, tokens, Matrix(unembedding)).Sum(slice => slice.Loss);
    }

    /// <inheritdoc/>
    public (double Loss, Tensor States, Tensor Unembedding) Gradients(
        PackedBatch batch, CountedTokens tokens, Tensor unembedding, double factor)
    {
        using var scope = NewDisposeScope();
        var (ofStates, ofUnembedding, loss) = (zeros_like(tokens.States), zeros_like(unembedding), 0.0);
        var matrix = Matrix(unembedding);
        foreach (var slice in Slices(batch, tokens, matrix))
        {
            using var each = NewDisposeScope();
            // d KL(teacher, student) / d logits = student - teacher, as for a target of one word.
            var ofLogits = slice.Student.exp().sub_(slice.Teacher.exp()).mul_(factor).to(matrix.dtype);
            ofStates.narrow(0, slice.From, slice.Student.shape[0]).copy_(ofLogits.mm(matrix));
            ofUnembedding.add_(ofLogits.t().mm(slice.Input));
            loss += factor * slice.Loss;
        }
        return (loss, ofStates.MoveToOuterDisposeScope(), ofUnembedding.MoveToOuterDisposeScope());
    }

    /// <summary>The logarithms of both models' probabilities, some tokens at a time.</summary>
    private IEnumerable<Slice> Slices(PackedBatch batch, CountedTokens tokens, Tensor students)
    {
        using var noGradients = no_grad();
        var states = CountedTokens.Of(teacher, batch).States;
        var teachers = Matrix(teacher.Unembedding);
        foreach (var (from, count) in NextTokenLoss.Slices(states))
        {
            using var scope = NewDisposeScope();
            var input = tokens.States.narrow(0, from, count).to(students.dtype);
            var student = nn.functional.linear(input, students).@float().log_softmax(-1);
            var target = nn.functional.linear(states.narrow(0, from, count).to(teachers.dtype), teachers).@float().log_softmax(-1);
            yield return new Slice(from, input, student, target, (target.exp() * (target - student)).sum().ToDouble());
        }
    }

    private static Tensor Matrix(Tensor embeddings) => embeddings.detach().to(ProductDtype.Of(embeddings.device));

    /// <param name="From">Index of its first counted token.</param>
    /// <param name="Input">[n, hidden], the student's states.</param>
    /// <param name="Student">[n, vocab], log-probabilities.</param>
    /// <param name="Teacher">[n, vocab], log-probabilities.</param>
    /// <param name="Loss">The sum of the tokens' distances.</param>
    private sealed record Slice(long From, Tensor Input, Tensor Student, Tensor Teacher, double Loss);
}
