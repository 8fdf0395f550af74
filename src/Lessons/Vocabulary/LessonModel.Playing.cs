using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tracing;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons;

public sealed partial class LessonModel
{
    /// <summary>A forward of this model, changes included, for the displays that lay it open.</summary>
    /// <returns>[time, vocab], owned by the caller's scope.</returns>
    internal Tensor Logits(IReadOnlyList<int> ids, ActivationTrace trace) => Model.Logits(ids, trace, _pass);

    /// <summary>What may come next after all of these tokens.</summary>
    /// <param name="ids">At least one.</param>
    /// <param name="mask">[1, 1, time, time], added to the scores of every head; null adds nothing.</param>
    internal Distribution AfterAll(IReadOnlyList<int> ids, Tensor? mask = null)
    {
        using var scope = NewDisposeScope();
        return Distributions(Model.Logits(ids, pass: mask is null ? _pass : (_pass ?? new ForwardPass()) with { Mask = mask }))[^1];
    }

    /// <summary>Logits as distributions.</summary>
    /// <param name="logits">[time, vocab] or [1, time, vocab], of any dtype.</param>
    /// <returns>[time]</returns>
    internal Distribution[] Distributions(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var numbers = logits.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        return [.. numbers.Chunk(Vocabulary).Select(row => new Distribution(row, Model.Tokenizer.Piece, Model.Tokenizer.IdOf))];
    }
}
