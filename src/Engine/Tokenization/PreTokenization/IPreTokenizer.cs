namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Cuts text into the words that merges may not cross.</summary>
internal interface IPreTokenizer
{
    /// <summary>Cuts each piece further.</summary>
    PieceList Cut(PieceList pieces);
}

/// <summary>Pre-tokenizers one after another.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    public PieceList Cut(PieceList pieces) => steps.Aggregate(pieces, (current, step) => step.Cut(current));
}
