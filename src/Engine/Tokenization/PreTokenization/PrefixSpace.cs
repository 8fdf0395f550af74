using System.Text;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Puts a space before each piece that has none, so that a word at the start gets the token it has in mid-sentence.</summary>
internal sealed class PrefixSpace : IPreTokenizer
{
    public PieceList Cut(PieceList pieces)
    {
        if (pieces.Ranges.TrueForAll(range => pieces.Text[range.Start] == ' ')) return pieces;
        var text = new StringBuilder(pieces.Text.Length + pieces.Ranges.Count);
        var ends = new List<int>(pieces.Ranges.Count);
        foreach (var range in pieces.Ranges)
        {
            if (pieces.Text[range.Start] != ' ') text.Append(' ');
            text.Append(pieces[range]);
            ends.Add(text.Length);
        }

        var prefixed = new PieceList(text.ToString());
        for (var i = 0; i < ends.Count; i++) prefixed.Add(i == 0 ? 0 : ends[i - 1], ends[i]);
        return prefixed;
    }
}
