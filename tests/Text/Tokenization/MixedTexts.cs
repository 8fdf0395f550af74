using System.Text;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>
/// 24,000 short texts of everything that makes tokenizers differ: scripts, signs, white space, marks, digits, contractions, emoji.
/// </summary>
internal static class MixedTexts
{
    private static readonly string[] Words =
        ["the", " and", " of", "ing", "tion", " Hello", " tokens", "def f(x):\n    return", " RABBIT", "straße", " naïve"];
    private static readonly string[] Contractions = ["'s", "'t", "'re", "'VE", "'m", "'Ll", "'d", "'S", "’s"];
    private static readonly string[] Spaces = [" ", "  ", "   ", "\n", "\r\n", "\t", "\n\n", "\u00A0", "\u3000", "\u2028", " \n "];

    private static readonly Func<Random, string>[] Pools =
    [
        random => ((char)random.Next(32, 127)).ToString(), random => From(random, 0xA1, 0x700), random => From(random, 0x3040, 0x2000),
        random => From(random, 0x300, 0x70), random => From(random, 0xAC00, 11172), random => From(random, 0x0900, 0x700),
        random => From(random, 0x2000, 0xC00), random =>
            random.Next(100_000).ToString(), random => Pick(random, Words), random => Pick(random, Words),
        random => Pick(random, Contractions), random => Pick(random, Spaces), random => Pick(random, Spaces),
    ];

    // Characters beyond U+FFFF, which .NET's expressions take for two signs.
    private static readonly Func<Random, string>[] AstralPools =
    [
        random => From(random, 0x1F300, 0x300), random => From(random, 0x1D400, 0x400), random => From(random, 0x20000, 0x1000),
        random => From(random, 0x10400, 0x50),
    ];

    /// <summary>Texts without characters beyond U+FFFF.</summary>
    public static string[] Plain { get; } = Make(24_000, 11, Pools);

    /// <summary>Texts with them.</summary>
    public static string[] Astral { get; } = Make(4_000, 12, [.. Pools, .. AstralPools]);

    private static string[] Make(int count, int seed, Func<Random, string>[] pools)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var text = new StringBuilder();
            for (var n = random.Next(1, 16); n > 0; n--) text.Append(Pick(random, pools)(random));
            return text.ToString();
        })];
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static string From(Random random, int first, int count) => char.ConvertFromUtf32(first + random.Next(count));
}
