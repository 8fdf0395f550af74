namespace LlmRabbitHoles.Tokenization;

public sealed partial class PieceTokenizer
{
    /// <summary>
    /// Tokens to text as they come: what stands at the start of a text is stripped only there, and bytes wait until they are a character.
    /// </summary>
    internal sealed class PieceStream(PieceTokenizer tokenizer, bool skipSpecialTokens) : ITokenStream
    {
        private readonly List<string> _held = [];
        private bool _begun;        // something was printed, so that nothing is stripped any more

        /// <summary>Tokens were taken whose text was not given yet.</summary>
        public bool HoldsBack => _held.Count > 0;

        public string Add(int id)
        {
            if (tokenizer.TextToPrint(id, skipSpecialTokens) is not { } token) return "";
            _held.Add(token);
            var text = tokenizer._decoder.Decode(_held, fromStart: !_begun, toEnd: false);
            if ((!_begun && text.Length == 0) || tokenizer._decoder.MayChange(_held, text)) return "";
            _held.Clear();
            _begun = true;
            return text;
        }

        public string Flush()
        {
            var text = _held.Count == 0 ? "" : tokenizer._decoder.Decode(_held, fromStart: !_begun, toEnd: true);
            _held.Clear();
            _begun = false;
            return text;
        }
    }
}
