namespace LlmRabbitHoles.Sampling;

/// <summary>Don't repeat yourself: lowers each token that would continue a sequence which the text already holds, the more the
/// longer that sequence is.</summary>
/// <remarks>
/// p-e-w 2024, https://github.com/oobabooga/text-generation-webui/pull/5677, computed as in llama.cpp. If the last n tokens
/// stand earlier in the text too, the token that followed them there loses multiplier x base^(n - allowed length). Prompt and
/// generated tokens both count.
/// </remarks>
/// <param name="options">How strong it is and where it looks.</param>
public sealed class Dry(DryOptions options) : ILogitStep
{
    private readonly HashSet<int> _breakers = [.. options.Breakers];

    /// <inheritdoc/>
    public string Name => $"DRY {options.Multiplier:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        var limit = CountAfterLastBreaker(history);
        if (limit < options.AllowedLength) return;
        foreach (var (token, length) in LongestRepeats(history, limit))
            if (!_breakers.Contains(token))
                logits[token] -= Penalty(length);
    }

    // Half of float32's largest: a logit less that much is still a number.
    private float Penalty(int length) =>
        (float)Math.Min(options.Multiplier * Math.Pow(options.Base, length - options.AllowedLength), float.MaxValue / 2);

    private int CountAfterLastBreaker(ReadOnlySpan<int> history)
    {
        var count = 0;
        while (count < history.Length && !_breakers.Contains(history[^(count + 1)])) count++;
        return count;
    }

    /// <summary>The tokens that would continue a repetition of at least the allowed length, with the longest one of each.</summary>
    private Dictionary<int, int> LongestRepeats(ReadOnlySpan<int> history, int limit)
    {
        var longest = new Dictionary<int, int>();
        var repeats = RepeatLengths(history);
        for (var back = 1; back < history.Length; back++)
        {
            var length = Math.Min(repeats[back], limit);
            var next = history[^back];
            if (length >= options.AllowedLength && length > longest.GetValueOrDefault(next)) longest[next] = length;
        }
        return longest;
    }

    /// <summary>How many tokens that end <c>back</c> tokens before the end equal those that end the text, for each <c>back</c>.</summary>
    /// <remarks>The Z-algorithm on the text read backwards: linear, where comparing anew at each place is quadratic.</remarks>
    private static int[] RepeatLengths(ReadOnlySpan<int> history)
    {
        var lengths = new int[history.Length];
        var (left, right) = (0, 0);        // the match that reaches furthest back
        for (var back = 1; back < history.Length; back++)
        {
            var length = back < right ? Math.Min(right - back, lengths[back - left]) : 0;
            while (back + length < history.Length && history[^(length + 1)] == history[^(back + length + 1)]) length++;
            lengths[back] = length;
            if (back + length > right) (left, right) = (back, back + length);
        }
        return lengths;
    }
}

/// <summary>The settings of <see cref="Dry"/>.</summary>
public sealed record DryOptions
{
    /// <summary>What a repetition of the allowed length costs. Default 0.8; 0 costs nothing.</summary>
    public double Multiplier
    {
        get;
        init => field = value is >= 0 and <= SamplingOptions.MostPenalty ? value : throw new ArgumentOutOfRangeException(
            nameof(Multiplier), value, "The DRY multiplier must be from 0 to 1000. Use 0 for none.");
    } = 0.8;

    /// <summary>How many times dearer each further token of a repetition is. Default 1.75.</summary>
    public double Base
    {
        get;
        init => field = value is >= 1 and <= SamplingOptions.MostPenalty ? value : throw new ArgumentOutOfRangeException(
            nameof(Base), value, "The DRY base must be from 1 to 1000. The usual one is 1.75.");
    } = 1.75;

    /// <summary>Tokens that must repeat before the next one is lowered. Default 2.</summary>
    public int AllowedLength
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(AllowedLength), value, "The DRY allowed length must be 1 or more. The usual one is 2.");
    } = 2;

    /// <summary>Tokens at which a repetition ends, such as line breaks and quotation marks; they are never lowered. Default none.</summary>
    public IReadOnlyList<int> Breakers { get; init; } = [];
}
