using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;
using Microsoft.Extensions.AI;

namespace LlmRabbitHoles.Agents.ChatClients;

/// <summary>The engine as Microsoft.Extensions.AI's embedding generator: a <see cref="TextEmbedder"/> behind its interface.</summary>
/// <remarks>A vector is the mean of the text's last hidden states, of length 1. Another number of dimensions than the hidden size, or
/// another model's id, throws <see cref="NotSupportedException"/>.</remarks>
/// <param name="model">Has a tokenizer; stays the caller's.</param>
public sealed class EngineEmbeddingGenerator(LanguageModel model) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly TextEmbedder _embedder = new(model);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Other dimensions or another model are asked for.</exception>
    /// <exception cref="PromptException">A text is empty or too long for the model.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != _embedder.Dimensions)
        {
            throw new NotSupportedException(
                $"Vectors of {dimensions} numbers are asked for, and those of '{model.Name}' have {_embedder.Dimensions}. " +
                "Leave Dimensions out.");
        }
        if (options?.ModelId is { } id && id != model.Name)
        {
            throw new NotSupportedException(
                $"The request is for the model '{id}', and this generator has '{model.Name}'. Leave ModelId out.");
        }
        var texts = values.ToArray();
        return Task.Run(() => Embed(texts, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata)
                ? new EmbeddingGeneratorMetadata(
                    "LLM Rabbit Holes", defaultModelId: model.Name, defaultModelDimensions: _embedder.Dimensions)
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(model) ? model
            : null;
    }

    /// <summary>Nothing to free: the model stays the caller's.</summary>
    public void Dispose()
    {
    }

    private GeneratedEmbeddings<Embedding<float>> Embed(string[] texts, CancellationToken cancellationToken)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(texts.Length);
        var read = 0;
        foreach (var text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tokens = model.Tokenizer.Encode(text, addSpecialTokens: true);
            read += tokens.Length;
            embeddings.Add(new Embedding<float>(_embedder.Embed(tokens, cancellationToken)) { ModelId = model.Name });
        }
        embeddings.Usage = new UsageDetails { InputTokenCount = read, TotalTokenCount = read };
        return embeddings;
    }
}
