using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Generation;

/// <summary>Turns a text into one vector: the mean of its tokens' last hidden states, scaled to length 1.</summary>
/// <remarks>A model that was trained to write says with these vectors what may come next, and only by the way what a text means. They put
/// texts of like words and like subjects near each other; a model that was trained to embed does it better.</remarks>
/// <param name="model">Stays the caller's.</param>
public sealed class TextEmbedder(LanguageModel model)
{
    /// <summary>Numbers of a vector: the hidden size.</summary>
    public int Dimensions => model.Config.HiddenSize;

    /// <summary>The vector of a text.</summary>
    /// <param name="text">At least one token, at most the context.</param>
    /// <returns>[hidden], of length 1: the dot product of two is the cosine of their angle.</returns>
    /// <exception cref="PromptException">The model has no tokenizer, or the text is empty or too long.</exception>
    public float[] Embed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Embed(model.Tokenizer.Encode(text, addSpecialTokens: true));
    }

    /// <summary>The vector of a text that was tokenized.</summary>
    /// <param name="tokens">At least one id, at most the context.</param>
    /// <param name="cancellationToken">Ends the forward between two layers.</param>
    /// <returns>[hidden], of length 1; zeros where the mean is zero.</returns>
    /// <exception cref="PromptException">No tokens, too many, or ids outside the vocabulary.</exception>
    public float[] Embed(IReadOnlyList<int> tokens, CancellationToken cancellationToken = default)
    {
        model.CheckPrompt(tokens, past: 0);
        using var use = model.Use();
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var ids = tensor(tokens.Select(id => (long)id).ToArray(), 1, tokens.Count, device: model.Device);
        var states = model.Decoder.States(ids, new ForwardPass { CancellationToken = cancellationToken });    // [1, time, hidden]
        var mean = states.to(ScalarType.Float32).mean([1]).squeeze(0).cpu().data<float>().ToArray();
        var length = System.Numerics.Tensors.TensorPrimitives.Norm<float>(mean);
        if (length > 0) System.Numerics.Tensors.TensorPrimitives.Divide(mean, length, mean);
        return mean;
    }
}
