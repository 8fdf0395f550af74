using System.Text;

namespace LlmRabbitHoles.Alice;

/// <summary>One alternative of a rule, parsed once: literals, slots, choices and references to rules in a row.</summary>
internal sealed class WordingPattern
{
    private readonly List<Piece> _pieces = [];

    private delegate void Piece(Wordings wordings, Slots slots, Random random, StringBuilder text);

    /// <summary>The rules that it refers to.</summary>
    public List<string> References { get; } = [];

    /// <summary>The words of its literals, those of its choices among them.</summary>
    public List<string> Words { get; } = [];

    /// <param name="source">The alternative as written.</param>
    /// <param name="place">File and line, for errors.</param>
    public static WordingPattern Parse(string source, string place)
    {
        var at = 0;
        var pattern = new WordingPattern();
        pattern.Read(source, ref at, place, inChoice: false);
        return at == source.Length ? pattern : throw new InvalidDataException(
            $"{place}: '{source[at]}' at column {at + 1} closes nothing in \"{source}\".");
    }

    public void Expand(Wordings wordings, Slots slots, Random random, StringBuilder text)
    {
        foreach (var piece in _pieces)
            piece(wordings, slots, random, text);
    }

    private void Read(string source, ref int at, string place, bool inChoice)
    {
        while (at < source.Length && !(source[at] == ']' || (inChoice && source[at] == '|')))
        {
            switch (source[at])
            {
                case '[': AddChoice(source, ref at, place); break;
                case '{': AddSlot(Enclosed(source, ref at, '}', place), place); break;
                case '<': AddRule(Enclosed(source, ref at, '>', place)); break;
                default: AddLiteral(source, ref at, inChoice); break;
            }
        }
    }

    private static string Enclosed(string source, ref int at, char close, string place)
    {
        var end = source.IndexOf(close, at);
        if (end < 0)
            throw new InvalidDataException($"{place}: '{source[at]}' at column {at + 1} is never closed by '{close}' in \"{source}\".");
        var inside = source[(at + 1)..end];
        at = end + 1;
        return inside;
    }

    private void AddLiteral(string source, ref int at, bool inChoice)
    {
        var start = at;
        while (at < source.Length && "[]{<".IndexOf(source[at]) < 0 && !(inChoice && source[at] == '|'))
            at++;
        var literal = source[start..at];
        Words.AddRange(literal.Split([' ', ',', '.', ':', '?', '!', '"', '=', '>'], StringSplitOptions.RemoveEmptyEntries));
        _pieces.Add((_, _, _, text) => text.Append(literal));
    }

    private void AddChoice(string source, ref int at, string place)
    {
        var start = at;
        var choices = new List<WordingPattern>();
        do
        {
            at++;
            var choice = new WordingPattern();
            choice.Read(source, ref at, place, inChoice: true);
            References.AddRange(choice.References);
            Words.AddRange(choice.Words);
            choices.Add(choice);
        }
        while (at < source.Length && source[at] == '|');
        if (at == source.Length)
            throw new InvalidDataException($"{place}: '[' at column {start + 1} is never closed by ']' in \"{source}\".");
        at++;
        _pieces.Add((wordings, slots, random, text) => choices[random.Next(choices.Count)].Expand(wordings, slots, random, text));
    }

    private void AddRule(string rule)
    {
        References.Add(rule);
        _pieces.Add((wordings, slots, random, text) => wordings.Find(rule).Expand(wordings, slots, random, text));
    }

    private void AddSlot(string slot, string place)
    {
        var capital = char.IsUpper(slot[0]);
        var name = capital ? char.ToLowerInvariant(slot[0]) + slot[1..] : slot;
        var article = name.StartsWith("a ", StringComparison.Ordinal);
        if (article)
            name = name[2..];
        _pieces.Add((_, slots, _, text) =>
        {
            var value = slots.TryGetValue(name, out var found) ? found : throw new InvalidDataException(
                $"{place}: slot '{name}' has no value; there are {string.Join(", ", slots.Keys)}.");
            if (article)
                value = English.WithArticle(value);
            text.Append(capital ? English.Capitalized(value) : value);
        });
    }
}
