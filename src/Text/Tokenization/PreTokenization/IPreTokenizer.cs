namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>
/// Splits text into the words that merges may not cross. Nothing is collected: each word is passed on as soon as it is found.
/// </summary>
internal interface IPreTokenizer
{
    /// <summary>Takes the pieces of one text, splits them, and passes the words on.</summary>
    PieceReceiver CutInto(PieceReceiver next);
}

/// <summary>Pre-tokenizers one after another.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    public PieceReceiver CutInto(PieceReceiver next) => steps.Reverse().Aggregate(next, (receiver, step) => step.CutInto(receiver));
}
