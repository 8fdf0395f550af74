using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>How often each word stands in a corpus. Text of special tokens is not counted.</summary>
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
        var characters = WellFormedText.Of(text.AsSpan());
        Characters += characters.Length;
        var splitter = preTokenizer.CutInto(new Counter(_counts));
        foreach (var segment in specialTokens.Split(characters))
        {
            if (segment.Token is null) splitter.Take(new Piece(characters[segment.Start..segment.End], segment.Start));
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

    private sealed class Counter(Dictionary<string, long> counts) : PieceReceiver
    {
        private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _counts =
            counts.GetAlternateLookup<ReadOnlySpan<char>>();

        public override bool Take(Piece piece)
        {
            _counts[piece.Text] = _counts.TryGetValue(piece.Text, out var count) ? count + 1 : 1;
            return true;
        }
    }
}
