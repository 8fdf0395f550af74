namespace LlmRabbitHoles.Alice;

/// <summary>A letter to be counted in a word.</summary>
/// <param name="Word">Small letters.</param>
/// <param name="Letter">What is counted.</param>
internal sealed record Letters(string Word, char Letter)
{
    /// <summary>Common words, in lower case.</summary>
    public static readonly string[] Words = [.. CorpusResource.Lines("words.txt").Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>Words whose letters are counted in training.</summary>
    public static string[] Trained { get; } = [.. Words.Where(word => !HeldOut.Is(word))];

    /// <summary>Words that training spells and never counts.</summary>
    public static string[] Untrained { get; } = [.. Words.Where(HeldOut.Is)];

    /// <summary>"s t r a w".</summary>
    public string Spelled => Spell(Word);

    public int Count => Word.Count(letter => letter == Letter);

    /// <summary>Each letter with the count so far: "s0 t0 r1 a1 w1".</summary>
    public string Running
    {
        get
        {
            var count = 0;
            return string.Join(' ', Word.Select(letter => $"{letter}{count += (letter == Letter ? 1 : 0)}"));
        }
    }

    public static string Spell(string word) => string.Join(' ', word.AsEnumerable());

    /// <summary>
    /// A letter of the word, the more likely the more often it stands there, or in one case of seven one that is missing.
    /// </summary>
    public static Letters Of(string word, Random random)
    {
        if (random.Chance(0.15))
            return new Letters(word, random.One([.. "abcdefghijklmnopqrstuvwxyz".Where(letter => !word.Contains(letter))]));
        var repeated = word.Where(letter => word.Count(other => other == letter) > 1).ToArray();
        return new Letters(word, random.One(repeated.Length > 0 && random.Chance(0.65) ? repeated : word.ToCharArray()));
    }

    /// <summary>A question for the count, with the word whole or in letters.</summary>
    public string Question(bool spelled, Wordings wordings, Random random) =>
        wordings.Expand("letters.question", new Slots { ["letter"] = Letter.ToString(), ["text"] = spelled ? Spelled : Word }, random);
}
