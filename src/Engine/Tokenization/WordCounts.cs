using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>How often each word stands in a corpus. What special tokens cover is no word.</summary>
internal sealed class WordCounts(IPreTokenizer preTokenizer, AddedTokenMatcher specialTokens)
{
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>The words with their counts.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Characters counted.</summary>
    public long Characters { get; private set; }

    /// <summary>Counts a text's words.</summary>
    public void Add(string text)
    {
        text = WellFormedText.Of(text);
        Characters += text.Length;
        var words = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var segment in specialTokens.Split(text))
        {
            if (segment.Token != null) continue;
            var pieces = new PieceList(text);
            pieces.Add(segment.Start, segment.End);
            pieces = preTokenizer.Cut(pieces);
            foreach (var range in pieces.Ranges) Increment(words, pieces[range]);
        }
    }

    /// <summary>The same words, each without the space before it; one of white space only stays.</summary>
    public WordCounts WithoutSpaces()
    {
        var bare = new WordCounts(preTokenizer, specialTokens) { Characters = Characters };
        foreach (var (word, count) in _counts)
        {
            var text = HasSpace(word) ? word[1..] : word;
            bare._counts[text] = bare._counts.GetValueOrDefault(text) + count;
        }
        return bare;
    }

    /// <summary>Whether a word begins with a space and is more than white space.</summary>
    public static bool HasSpace(string word) => word is [' ', var next, ..] && !char.IsWhiteSpace(next);

    private static void Increment(Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> words, ReadOnlySpan<char> word) =>
        words[word] = words.TryGetValue(word, out var count) ? count + 1 : 1;
}
