using System.Buffers;
using System.Globalization;
using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Finds added tokens in text: the leftmost first, and of those that start there the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly Node _root = new();
    private readonly SearchValues<char> _firstCharacters;

    /// <param name="tokens">What to look for, each as it stands in the text. Empty ones are never found.</param>
    public AddedTokenMatcher(IEnumerable<(string Text, AddedToken Token)> tokens)
    {
        foreach (var (text, token) in tokens)
        {
            var node = _root;
            foreach (var c in text) node = node.Grow(c);
            if (text.Length > 0) node.Token = token;
        }

        _firstCharacters = SearchValues.Create(_root.Characters);
    }

    /// <summary>Splits a text at its added tokens.</summary>
    /// <returns>Spans in order, without empty ones; white space that a token swallows lies in the token's span.</returns>
    public Segments Split(ReadOnlySpan<char> text) => new(this, text);

    private Segment? Find(ReadOnlySpan<char> text, int from)
    {
        for (var start = from; start < text.Length; start++)
        {
            var offset = text[start..].IndexOfAny(_firstCharacters);
            if (offset < 0) return null;
            start += offset;
            if (LongestAt(text, start) is { } token) return new Segment(start, start + token.Length, token.Token);
        }

        return null;
    }

    private (int Length, AddedToken Token)? LongestAt(ReadOnlySpan<char> text, int start)
    {
        (int, AddedToken)? longest = null;
        var node = _root;
        for (var i = start; i < text.Length && node.Next(text[i]) is { } next; i++)
        {
            node = next;
            if (node.Token is not null) longest = (i + 1 - start, node.Token);
        }

        return longest;
    }

    private static bool TouchesWord(ReadOnlySpan<char> text, Segment match) =>
        (Rune.DecodeLastFromUtf16(text[..match.Start], out var before, out _) == OperationStatus.Done && IsWord(before))
        || (Rune.DecodeFromUtf16(text[match.End..], out var after, out _) == OperationStatus.Done && IsWord(after));

    private static Segment WithWhiteSpace(ReadOnlySpan<char> text, Segment match, int done)
    {
        var (start, end) = (Math.Max(match.Start, done), match.End);
        if (match.Token!.LeftStrip)
        {
            while (start > done && char.IsWhiteSpace(text[start - 1])) start--;
        }

        if (match.Token.RightStrip)
        {
            while (end < text.Length && char.IsWhiteSpace(text[end])) end++;
        }

        return new Segment(start, Math.Max(start, end), match.Token);
    }

    // What a regular expression calls a word character (\w): letters in circles and squares too, ⓐ and 🅐.
    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || rune.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189)
        || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.LetterNumber;

    /// <summary>
    /// A stretch of the text, from <paramref name="Start"/> to before <paramref name="End"/>; a token, or text where
    /// <paramref name="Token"/> is null.
    /// </summary>
    internal readonly record struct Segment(int Start, int End, AddedToken? Token);

    /// <summary>The segments of one text, found as they are asked for.</summary>
    internal ref struct Segments
    {
        private readonly AddedTokenMatcher _matcher;
        private readonly ReadOnlySpan<char> _text;
        private Segment? _waiting;      // the token behind the text that was given last
        private int _from;              // where the search continues
        private int _done;              // what has been given

        internal Segments(AddedTokenMatcher matcher, ReadOnlySpan<char> text)
        {
            _matcher = matcher;
            _text = text;
        }

        /// <summary>The segment that was found last.</summary>
        public Segment Current { get; private set; }

        /// <summary>Itself, for foreach.</summary>
        public readonly Segments GetEnumerator() => this;

        /// <summary>Finds the next segment.</summary>
        public bool MoveNext()
        {
            var found = _waiting ?? NextToken();
            _waiting = null;
            var end = found?.Start ?? _text.Length;
            if (_done < end)
            {
                (Current, _waiting) = (new Segment(_done, end, null), found);
                _done = end;
                return true;
            }

            if (found is not { } token) return false;
            Current = token;
            _done = Math.Max(_done, token.End);
            return true;
        }

        private Segment? NextToken()
        {
            while (_matcher.Find(_text, _from) is { } match)
            {
                _from = match.End;
                if (!match.Token!.SingleWord || !TouchesWord(_text, match))
                    return WithWhiteSpace(_text, match, _done);
            }

            _from = _text.Length;
            return null;
        }
    }

    private sealed class Node
    {
        private readonly Dictionary<char, Node> _next = [];

        public AddedToken? Token { get; set; }

        public char[] Characters => [.. _next.Keys];

        public Node? Next(char c) => _next.GetValueOrDefault(c);

        public Node Grow(char c) => _next.TryGetValue(c, out var node) ? node : _next[c] = new Node();
    }
}
