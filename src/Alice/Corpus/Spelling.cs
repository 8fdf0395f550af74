using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>The spellings of Britain, which the corpus uses, and those of the United States.</summary>
internal static partial class Spelling
{
    private static readonly (string British, string American)[] Pairs =
    [
        ("colour", "color"), ("favourite", "favorite"), ("neighbour", "neighbor"), ("centimetre", "centimeter"), ("kilometre", "kilometer"),
        ("metre", "meter"), ("litre", "liter"), ("centre", "center"), ("grey", "gray"), ("theatre", "theater"), ("travelling", "traveling"),
        ("jewellery", "jewelry"), ("cheque", "check"), ("dearer", "more expensive"), ("mum", "mom"), ("learnt", "learned"),
        ("spelt", "spelled"), ("honour", "honor"), ("flavour", "flavor"), ("organise", "organize"), ("recognise", "recognize"),
    ];

    private static readonly Dictionary<string, string> AmericanOf = Pairs.SelectMany(pair => new[]
    {
        pair, (pair.British + "s", pair.American + "s"),
    }).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>"My favourite colours" as "My favorite colors".</summary>
    public static string American(string text) => Word().Replace(text, word =>
        !AmericanOf.TryGetValue(word.Value, out var american) ? word.Value
        : char.IsUpper(word.Value[0]) ? English.Capitalized(american) : american);

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
