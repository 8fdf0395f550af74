namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Splits nothing: all text between added tokens is one word.</summary>
internal sealed class WholeText : IPreTokenizer
{
    public PieceReceiver CutInto(PieceReceiver next) => next;
}
