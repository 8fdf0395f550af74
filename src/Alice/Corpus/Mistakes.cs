using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Mistakes of the fingers in common words: two letters changed about, one left out, doubled or beside the right key, and
/// words as messages shorten them.</summary>
internal static partial class Mistakes
{
    private const int Shortest = 4;
    private const string Rows = "qwertyuiop asdfghjkl zxcvbnm";

    private static readonly Dictionary<string, string[]> Shortened = new(StringComparer.OrdinalIgnoreCase)
    {
        ["you"] = ["u"], ["your"] = ["ur"], ["please"] = ["pls", "plz"], ["thanks"] = ["thx", "tnx"], ["are"] = ["r"],
        ["what"] = ["wat", "wht"],
        ["because"] = ["cuz", "bc"], ["know"] = ["kno"], ["tonight"] = ["tonite"], ["which"] = ["wich", "whitch"], ["their"] = ["thier"],
        ["capital"] = ["capitol", "captial"], ["language"] = ["langauge", "langage"], ["favourite"] = ["favrite", "favourit"],
        ["remember"] = ["rember", "remeber"], ["called"] = ["caled"], ["does"] = ["dose"], ["tell"] = ["tel"], ["animal"] = ["aminal"],
        ["letters"] = ["leters"], ["colour"] = ["coulour", "coler"], ["country"] = ["contry", "cuntry"], ["friend"] = ["freind"],
        ["have"] = ["hav"], ["together"] = ["togehter", "togther"], ["weigh"] = ["wiegh"], ["much"] = ["mutch"], ["name"] = ["nme"],
    };

    // Words of the questions themselves. What she has to copy is drawn from other lists, so that a mistake seldom falls on it.
    private static readonly HashSet<string> Common = new(Wordings.All.WordsOf(Asks), StringComparer.OrdinalIgnoreCase);

    private static bool Asks(string rule) =>
        !rule.StartsWith("story", StringComparison.Ordinal) && !rule.Contains("statement", StringComparison.Ordinal)
        && !rule.Contains("follow", StringComparison.Ordinal);

    /// <summary>The text with a mistake in one word, or in two or three of a long text. A text without common words stays.</summary>
    public static string Make(string text, Random random)
    {
        for (var count = 1 + random.Next(1 + (text.Length / 40)); count > 0; count--)
        {
            Match[] words = [.. Word().Matches(text).Where(word => IsCommon(word.Value) && Mistakable(word.Value))];
            if (words.Length == 0) return text;
            var word = random.One(words);
            text = text[..word.Index] + Mistaken(word.Value, random) + text[(word.Index + word.Length)..];
        }
        return text;
    }

    /// <summary>Whether the wordings themselves use the word.</summary>
    public static bool IsCommon(string word) => Common.Contains(word);

    private static bool Mistakable(string word) => word.Length >= Shortest || Shortened.ContainsKey(word);

    private static string Mistaken(string word, Random random)
    {
        if (Shortened.TryGetValue(word, out var forms) && (word.Length < Shortest || random.Chance(0.4))) return random.One(forms);
        var at = random.Next(1, word.Length - 1);
        return random.Next(4) switch
        {
            0 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            1 => word[..at] + word[(at + 1)..],
            2 => word[..at] + word[at] + word[at..],
            _ => word[..at] + Beside(word[at], random) + word[(at + 1)..],
        };
    }

    /// <summary>The letter of the key to the left or to the right.</summary>
    private static char Beside(char letter, Random random)
    {
        var at = Rows.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
        if (at < 0) return letter;
        var (left, right) = (at > 0 ? Rows[at - 1] : ' ', at + 1 < Rows.Length ? Rows[at + 1] : ' ');
        if (left == ' ' || right == ' ') return left == ' ' ? right : left;
        return random.Chance(0.5) ? left : right;
    }

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
