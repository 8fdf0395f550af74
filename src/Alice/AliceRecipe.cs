using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Alice;

/// <summary>What a model of the family is and how long it learns in one phase. Change it and train a model of your own.</summary>
public sealed record AliceRecipe
{
    /// <summary>Tokens she knows, special ones included. Default 5,120.</summary>
    public int VocabularySize { get; init; } = 5120;

    /// <summary>Width of the residual stream. Default 192.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Width of a head; three query heads share a key head. Default 32.</summary>
    public int HeadSize { get; init; } = 32;

    /// <summary>Layers. Default 8.</summary>
    public int Layers { get; init; } = 8;

    /// <summary>Tokens she can see at once. Default 1,024.</summary>
    public int ContextLength { get; init; } = 1024;

    /// <summary>
    /// Base of the rotary frequencies; half of the pairs then turn so slowly that tokens are recognised wherever they stand. Default
    /// 1,000,000.
    /// </summary>
    public double RopeTheta { get; init; } = 1e6;

    /// <summary>Pace, length and seed of the training: steps of 4,096 tokens, in rows of 256, or of 1,024 for longer texts. One row in
    /// ten is open, so that she learns to read a full context although her texts are short.</summary>
    public TrainingOptions Training { get; init; } =
        new() { Steps = 6000, FirstSteps = 150, PeakLearningRate = 3e-3, Rows = 16, Time = 256, LongTime = 1024, OpenRows = 0.1 };

    /// <summary>Her sizes as a decoder.</summary>
    public DecoderConfig Config => DecoderConfig.Llama(VocabularySize, HiddenSize, Layers, heads: HiddenSize / HeadSize,
        keyValueHeads: HiddenSize / HeadSize / 3, feedForward: HiddenSize * 8 / 3, context: ContextLength) with { RopeTheta = RopeTheta };

    /// <summary>How her tokenizer is made: digits stay alone, so that numbers are spelled one way, and words are split the same way with a
    /// space before them as after a quotation mark.</summary>
    public BpeTrainingOptions Tokenizer => new()
    {
        VocabularySize = VocabularySize,
        SpecialTokens = AliceFormat.SpecialTokens,
        SplitDigits = true,
        SpaceShare = 0.45,
    };

    /// <summary>The recipe of a phase. The draft has 2 layers of width 96: enough to copy from the context, and cheap to run.</summary>
    public static AliceRecipe For(TrainingPhase phase)
    {
        var recipe = new AliceRecipe();
        return phase switch
        {
            TrainingPhase.Sft => recipe with
            {
                Training = recipe.Training with
                {
                    Steps = 30_000, PeakLearningRate = 2e-3, SteadyShare = 0.7, EmbeddingShare = 0.1, OpenRows = 0
                }
            },
            TrainingPhase.Dpo => recipe with { Training = recipe.Training with
            {
                Steps = 120, PeakLearningRate = 6e-5, EmbeddingShare = 0.2, Anchor = 1, WarmUpSteps = 20, ValidateEvery = 40
            } },
            TrainingPhase.Draft => recipe with
            {
                HiddenSize = 96, Layers = 2, Training = recipe.Training with { Steps = 3000, PeakLearningRate = 5e-3, OpenRows = 0 }
            },
            _ => recipe,
        };
    }
}
