namespace LlmRabbitHoles.Alice;

/// <summary>Plain text that can only be continued by copying what stands before it: lists said twice or in another form, pairs asked for
/// again, words repeated by somebody else. Names, words and codes are invented, so that nothing but the context helps.</summary>
/// <remarks>What is learned is the induction head: Olsson et al. 2022, arXiv:2209.11895. Recall of pairs: Arora et al. 2023,
/// arXiv:2312.04927.</remarks>
internal sealed class EchoDocuments : IDocumentSource
{
    private static readonly string[] Again = ["Again:", "Once more:", "The same list:", "Copy:", "Repeat:"];
    private static readonly string[] Separators = [", ", " ", "; ", " and ", "\n"];
    private static readonly string[] Says = ["said", "wrote", "read", "called", "sang"];

    private static readonly Func<string[], string>[] Written =
    [
        items => "List: " + string.Join(", ", items) + ".",
        items => "Line: " + string.Join(' ', items),
        items => "JSON: [" + string.Join(',', items.Select(item => $"\"{item}\"")) + "]",
        items => "Dashes:\n" + string.Join('\n', items.Select(item => $"- {item}")),
        items => "Sentences: " + string.Join(' ', items.Select(item => English.Capitalized(item) + ".")),
        items => "Capitals: " + string.Join(' ', items.Select(item => item.ToUpperInvariant())),
        items => "Many: " + string.Join(", ", items.Select(English.Plural)),
        items => "Quoted: " + string.Join(' ', items.Select(item => $"\"{item}\"")),
    ];

    /// <summary>The part of the corpus that these documents are.</summary>
    public const string Name = "echoes";

    public string Part => Name;

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var lines = Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(20) switch
            {
                0 => List(random),
                1 or 2 or 3 => Pairs(random),
                4 or 5 => Speech(random),
                >= 6 and <= 9 => Forms(random),
                10 or 11 or 12 => Record(random),
                13 or 14 => Counts(random),
                _ => Refrain(random),
            });
            yield return Document.Plain(Part, string.Join('\n', lines));
        }
    }

    private static string List(Random random)
    {
        var items = Distinct(random, random.Next(3, 12), Item);
        var list = string.Join(random.One(Separators), items);
        return $"{list}\n{random.One(Again)} {list}";
    }

    /// <summary>A line of unrelated words, several times.</summary>
    private static string Refrain(Random random)
    {
        var line = string.Join(
            ' ', Enumerable.Range(0, random.Next(3, 24)).Select(_ => random.Chance(0.5) ? random.One(Letters.Words) : Item(random)));
        return string.Join('\n', Enumerable.Repeat(line, random.Next(2, 5)));
    }

    /// <summary>Every pair once, then some of them again in another order.</summary>
    private static string Pairs(Random random)
    {
        var names = Distinct(random, random.Next(2, 9), Item);
        var (is_, values) = (random.One([" is ", ": ", " has ", " = ", " likes "]), names.Select(_ => Item(random)).ToArray());
        var lines = names.Zip(values, (name, value) => $"{name}{is_}{value}.").ToArray();
        return $"{string.Join(' ', lines)}\n{string.Join(' ', random.Shuffled(lines).Take(random.Next(1, lines.Length + 1)))}";
    }

    private static string Speech(Random random)
    {
        var words = string.Join(' ', Enumerable.Range(0, random.Next(2, 7)).Select(_ => Item(random)));
        var (first, second) = (Invented.Person(random, heldOut: false), Invented.Person(random, heldOut: false));
        return $"{first} {random.One(Says)}: \"{words}\" {second} {random.One(Says)} it too: \"{words}\"";
    }

    /// <summary>
    /// A list, and the same in other forms: the word that stood after a space stands in quotation marks, in capitals, alone on its line.
    /// </summary>
    private static string Forms(Random random)
    {
        var items = Distinct(random, random.Next(2, 7), Item);
        return string.Join('\n', random.Some(Written, random.Next(2, 4)).Select(form => form(items)));
    }

    /// <summary>What is counted stands in the plural, its name in the singular: "3 lamps" and {"lamp":3}.</summary>
    private static string Counts(Random random)
    {
        var names = Distinct(random, random.Next(1, 4), Countable);
        var counts = names.Select(_ => random.Next(2, 100)).ToArray();
        var said = names.Zip(counts, (name, count) => $"{count} {English.Plural(name)}").ToList();
        return WithObject($"There are {English.List(said)}.", names.Zip(counts, (name, count) => $"\"{name}\":{count}"));
    }

    /// <summary>A sentence, and the same as a JSON object.</summary>
    private static string Record(Random random)
    {
        var names = random.Some(Letters.Words, random.Next(1, 4));
        var values = names.Select(_ => Item(random)).ToArray();
        var said = names.Zip(values, (name, value) => random.Chance(0.5) ? $"the {name} is {value}" : $"{value} is the {name}").ToList();
        return WithObject(English.Capitalized(English.List(said)) + ".", names.Zip(values, (name, value) => $"\"{name}\":\"{value}\""));
    }

    private static string WithObject(string sentence, IEnumerable<string> fields) => $"{sentence}\n{{{string.Join(',', fields)}}}";

    private static string[] Distinct(Random random, int count, Func<Random, string> draw)
    {
        var items = new HashSet<string>(StringComparer.Ordinal);
        while (items.Count < count) items.Add(draw(random));
        return [.. items];
    }

    /// <summary>Something that can be counted.</summary>
    private static string Countable(Random random) => random.Next(3) switch
    {
        0 => random.One(Letters.Words),
        1 => Invented.Compound(random),
        _ => Invented.Word(random, heldOut: false),
    };

    private static string Item(Random random) => random.Next(10) switch
    {
        0 => Invented.Person(random, heldOut: false),
        1 => Invented.Place(random, heldOut: false),
        2 => $"{random.Next(10, 100)}",
        3 => $"{random.Next(1000, 10_000)}",
        4 => random.One(Letters.Words),
        5 => random.One(World.Alice.Tables["noun"])["plural"],
        6 => $"{random.Next(24):00}:{random.Next(60):00}",
        7 or 8 => Invented.Compound(random),
        _ => Invented.Word(random, heldOut: false),
    };
}
