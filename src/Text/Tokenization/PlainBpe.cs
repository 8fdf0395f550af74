using System.Text;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Byte-pair encoding as in the textbook: train, encode, decode, each in the obvious way. It is slow and kept for reading:
/// <see cref="BpeTrainer"/> and <see cref="ByteLevelBpe"/> give the same merges and tokens, and are tested equal to it.
/// </summary>
/// <remarks>Sennrich et al. 2016, arXiv:1508.07909, algorithm 1; on bytes, split into words: Radford et al. 2019 (GPT-2).</remarks>
public sealed class PlainBpe
{
    private static readonly Regex Word = new(Gpt2Scanner.Pattern);
    private readonly List<byte[]> _tokens = [.. ByteAlphabet.InFileOrder.Select(value => new[] { value })];
    private readonly List<Merge> _merges = [];

    /// <summary>
    /// The merges in the order in which they were learned. The ids below 256 are the bytes, in the order in which vocabularies list them.
    /// </summary>
    public IReadOnlyList<Merge> Merges => _merges;

    /// <summary>
    /// Learns merges: joins the two tokens that stand together most often, of equally common ones those with the lowest ids, again and
    /// again.
    /// </summary>
    /// <param name="text">The corpus.</param>
    /// <param name="vocabularySize">How many tokens there are to be; fewer where no two stand together twice.</param>
    public static PlainBpe Train(string text, int vocabularySize)
    {
        var bpe = new PlainBpe();
        var words = bpe.Words(text);
        while (bpe._tokens.Count < vocabularySize)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).CountBy(pair => pair)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).FirstOrDefault();
            if (best.Value < 2) break;
            var merge = bpe.Learn(best.Key.First, best.Key.Second);
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++) Join(word, i, merge);
            }
        }

        return bpe;
    }

    /// <summary>
    /// Text to tokens: in each word, apply the earliest merge that fits, at its leftmost place, until none fits.
    /// </summary>
    public int[] Encode(string text)
    {
        var words = Words(text);
        foreach (var word in words)
        {
            while (Next(word) is var (at, merge)) Join(word, at, merge);
        }

        return [.. words.SelectMany(word => word)];
    }

    /// <summary>Tokens to text: their bytes, one after another.</summary>
    public string Decode(IEnumerable<int> ids) => Encoding.UTF8.GetString([.. ids.SelectMany(id => _tokens[id])]);

    // Each word as its bytes.
    private List<List<int>> Words(string text) =>
        [.. Word.Matches(text)
            .Select(word => Encoding.UTF8.GetBytes(word.Value).Select(value => _tokens.FindIndex(token => token[0] == value)).ToList())];

    // Two merges may make the same token: a+bc and ab+c.
    private Merge Learn(int left, int right)
    {
        byte[] bytes = [.. _tokens[left], .. _tokens[right]];
        var id = _tokens.FindIndex(token => token.AsSpan().SequenceEqual(bytes));
        if (id < 0) _tokens.Add(bytes);
        var merge = new Merge(_merges.Count, left, right, id < 0 ? _tokens.Count - 1 : id);
        _merges.Add(merge);
        return merge;
    }

    // The merge of the lowest rank that fits somewhere in the word, and the leftmost place.
    private (int At, Merge Merge)? Next(List<int> word) => (
        from at in Enumerable.Range(0, word.Count - 1)
        from merge in _merges
        where Fits(word, at, merge)
        orderby merge.Rank, at
        select ((int, Merge)?)(at, merge)).FirstOrDefault();

    private static bool Fits(List<int> word, int at, Merge merge) => word[at] == merge.Left && word[at + 1] == merge.Right;

    private static void Join(List<int> word, int at, Merge merge)
    {
        if (!Fits(word, at, merge)) return;
        word[at] = merge.Result;
        word.RemoveAt(at + 1);
    }
}
