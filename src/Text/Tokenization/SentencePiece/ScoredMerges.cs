using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>The merges of a SentencePiece model, which lists scores instead: two pieces merge where their joined text is a piece.</summary>
internal static class ScoredMerges
{
    /// <summary>Every merge; the higher the score of what it makes, the lower its rank. Equal scores share a rank.</summary>
    /// <param name="vocabulary">The pieces.</param>
    /// <param name="scores">By id; not NaN.</param>
    public static Merge[] From(Vocabulary vocabulary, IReadOnlyList<float> scores)
    {
        var characters = new CharacterTable(vocabulary);
        var ranks = scores.Distinct().OrderDescending().Index().ToDictionary(item => item.Item, item => item.Index);
        var merges = new List<Merge>();
        foreach (var (text, id) in vocabulary.Ids)
        {
            for (var at = 1; at < text.Length; at++)
            {
                if (char.IsLowSurrogate(text[at])) continue;
                if (NumberOf(text.AsSpan(0, at)) is not { } left || NumberOf(text.AsSpan(at)) is not { } right) continue;
                merges.Add(new Merge(ranks[scores[id]], left, right, id));
            }
        }

        return [.. merges.OrderBy(merge => merge.Rank).ThenBy(merge => merge.Result)];

        int? NumberOf(ReadOnlySpan<char> text)
        {
            if (vocabulary.IdOfText(text) is { } id) return id;
            Rune.DecodeFromUtf16(text, out var rune, out var length);
            return length == text.Length ? characters.NumberOf(rune) : null;
        }
    }
}
