namespace LlmRabbitHoles.Generation.Speculation;

/// <summary>Guesses that the text repeats itself: what followed the last tokens when they came before.</summary>
/// <remarks>Saxena 2023, https://github.com/apoorvumang/prompt-lookup-decoding. It costs no forward and pays where an answer quotes its
/// prompt.</remarks>
public sealed record PromptLookup : Speculator
{
    /// <summary>The most last tokens that must come before; fewer are tried where so many do not. Default 3.</summary>
    public int Match
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Match), value, "Match must be 1 or more.");
    } = 3;

    internal override IDraft Begin(LanguageModel model) => new Draft(Match);

    private sealed class Draft(int match) : IDraft
    {
        public IReadOnlyList<int> Guess(IReadOnlyList<int> text, int count)
        {
            for (var length = Math.Min(match, text.Count - 1); length >= 1; length--)
                if (LastPlaceOf(text, length) is { } place)
                    return [.. text.Skip(place + length).Take(count)];
            return [];
        }

        public void Dispose()
        {
        }

        /// <summary>Where the last tokens came before, the nearest place first; null where they did not.</summary>
        private static int? LastPlaceOf(IReadOnlyList<int> text, int length)
        {
            var end = text.Count - length;
            for (var place = end - 1; place >= 0; place--)
            {
                var same = 0;
                while (same < length && text[place + same] == text[end + same]) same++;
                if (same == length) return place;
            }
            return null;
        }
    }
}
