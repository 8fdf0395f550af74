using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>What Alice is and how long she learns. Change it and train a model of your own.</summary>
public sealed record AliceRecipe
{
    /// <summary>Tokens she knows, special ones included. Default 4,096.</summary>
    public int VocabularySize { get; init; } = 4096;

    /// <summary>Width of the residual stream. Default 192.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Layers. Default 6.</summary>
    public int Layers { get; init; } = 6;

    /// <summary>Tokens she can see at once. Default 1,024.</summary>
    public int ContextLength { get; init; } = 1024;

    /// <summary>Pace, length and seed of the training: 4,000 steps of 4,096 tokens, one row in ten open, so that she learns to read
    /// a full context although her texts are short.</summary>
    public TrainingOptions Training { get; init; } = new() { Steps = 4000, Rows = 16, Time = 256, OpenRows = 0.1 };

    /// <summary>Her sizes as a decoder: heads of 32, three query heads to a key head.</summary>
    public DecoderConfig Config => DecoderConfig.Llama(
        VocabularySize, HiddenSize, Layers, heads: HiddenSize / 32, keyValueHeads: HiddenSize / 96, feedForward: HiddenSize * 8 / 3, context: ContextLength);

    /// <summary>How her tokenizer is made: digits stay alone, so that numbers are spelled one way.</summary>
    public BpeTrainingOptions Tokenizer => new()
    {
        VocabularySize = VocabularySize,
        SpecialTokens = AliceFormat.SpecialTokens,
        SplitDigits = true,
    };
}
