namespace LlmRabbitHoles.Alice;

/// <summary>A question about the letters of a word, and what she answers.</summary>
/// <param name="Kind">"count", "spell", "join", "nth", "length", "reverse" or "contains".</param>
/// <param name="Word">In small letters.</param>
/// <param name="Question">What is asked, of the whole word or of its letters with blanks between them.</param>
/// <param name="Answer">What she thinks, if she does, and says.</param>
/// <param name="Letter">What is counted or looked for.</param>
/// <param name="Place">Of which letter "nth" asks, from 0.</param>
internal sealed record LetterTask(string Kind, string Word, string Question, string Answer, char Letter, int Place)
{
    // How often she answers at once behind a closed thought, of whole and of spelled words alike.
    private const double AtOnce = 0.15;

    private static readonly (string Open, string Close)[] Marks =
        [("", ""), ("", ""), ("", ""), ("\"", "\""), ("\"", "\""), ("'", "'"), ("'", "'"), ("“", "”"), ("‘", "’")];

    private static readonly string[] Places =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>A question for training: common words that are not held out, two of them as one, or syllables that mean nothing.</summary>
    public static LetterTask Next(Wordings wordings, Random random)
    {
        var kind = random.Next(100) switch
        {
            < 56 => "count",
            < 66 => "spell",
            < 69 => "join",
            < 79 => "nth",
            < 87 => "length",
            < 93 => "reverse",
            _ => "contains",
        };
        var word = WordFor(kind, random);
        var spelled = kind is not ("spell" or "join") && random.Chance(0.5);
        var letters = kind == "contains" && random.Chance(0.5) ? Missing(word, random) : Letters.Of(word, random);
        var at = random.Chance(0.6) ? (random.Chance(0.5) ? 0 : word.Length - 1) : random.Next(Math.Min(word.Length, Places.Length));
        var isCapital = random.Chance(0.08);
        var slots = Slots(letters, spelled, isCapital, random);
        slots["nth"] = at == word.Length - 1 && (at >= Places.Length || random.Chance(0.9)) ? "last" : Places[at];
        var question = wordings.Expand(Rule(kind, slots["nth"], spelled, random), slots, random);
        if (random.Chance(0.25))
            question = $"{wordings.Expand("letters.before", [], random)} {question}";
        if (random.Chance(0.15) && question[^1] is '.' or '?')
            question = $"{question} {wordings.Expand("letters.after", [], random)}";
        return new LetterTask(kind, word, Typed(MemoryWordings.Sentences(question), random), kind switch
        {
            "count" => Thinking(spelled ? letters.Running : $"{letters.Spelled}: {letters.Running}", letters.Count.ToString(), random),
            "spell" => letters.Spelled,
            "join" => word,
            "nth" => AtPlace(letters, at, spelled, slots["nth"]),
            "length" => Thinking((spelled ? "" : $"{letters.Spelled}: ") + Numbered(word), word.Length.ToString(), random),
            "reverse" => Reversed(letters, spelled),
            _ => Conversation.Thought(spelled ? letters.Running : $"{letters.Spelled}: {letters.Running}")
                + (letters.Count > 0 ? "Yes." : "No."),
        }, letters.Letter, at);
    }

    // Each letter with its place: "l1 a2 m3 p4".
    private static string Numbered(string word) => string.Join(' ', word.Select((letter, index) => $"{letter}{index + 1}"));

    private static string Thinking(string thought, string answer, Random random) =>
        Conversation.Thought(random.Chance(AtOnce) ? "" : thought) + answer;

    // The first and the last are seen at once in a spelled word, the others are counted up to.
    private static string AtPlace(Letters letters, int at, bool spelled, string nth)
    {
        var counted = nth is "first" or "last" ? "" : Numbered(letters.Word[..(at + 1)]);
        string[] parts = spelled ? [counted] : [letters.Spelled, counted];
        var thought = string.Join(": ", parts.Where(part => part.Length > 0));
        return (thought.Length > 0 ? Conversation.Thought(thought) : "") + letters.Word[at];
    }

    private static string Reversed(Letters letters, bool spelled)
    {
        var reversed = string.Concat(letters.Word.Reverse());
        return Conversation.Thought((spelled ? "" : letters.Spelled + ": ") + Letters.Spell(reversed)) + reversed;
    }

    private static Letters Missing(string word, Random random) =>
        new(word, random.One([.. "abcdefghijklmnopqrstuvwxyz".Where(letter => !word.Contains(letter))]));

    private static string WordFor(string kind, Random random)
    {
        while (true)
        {
            var word = random.NextDouble() switch
            {
                < 0.4 => Invented.Word(random, heldOut: false),
                < 0.52 => random.One(Letters.Trained) + random.One(Letters.Trained),
                _ => random.One(Letters.Trained),
            };
            if (!HeldOut.Is(word) && word.Length < (kind == "reverse" ? 8 : 17))
                return word;
        }
    }

    private static string Rule(string kind, string nth, bool spelled, Random random) => kind switch
    {
        "count" => random.Chance(0.25) ? "letters.question" : "letters.count",
        "spell" => "letters.spell-out",
        "join" => "letters.whole",
        "nth" when nth is "first" or "last" && !spelled && random.Chance(0.25) => $"letters.{nth}",
        _ => $"letters.{kind}",
    };

    private static Slots Slots(Letters letters, bool spelled, bool isCapital, Random random)
    {
        string Case(string text) => isCapital ? English.Capitalized(text) : text;
        var (text, letter) = (Case(spelled ? letters.Spelled : letters.Word), letters.Letter.ToString());
        var (aroundWord, aroundLetter) = (random.One(Marks), random.One(Marks));
        return new Slots
        {
            ["letter"] = letter, ["text"] = text, ["l"] = aroundLetter.Open + letter + aroundLetter.Close,
            ["w"] = aroundWord.Open + text + aroundWord.Close, ["s"] = letters.Spelled,
        };
    }

    // Her thoughts spell in small letters whatever was typed.
    private static string Typed(string question, Random random)
    {
        if (random.Chance(0.15) && question[^1] is '.' or '?')
            question = question[..^1];
        return random.NextDouble() switch
        {
            < 0.15 => question.ToLowerInvariant(),
            < 0.22 => question.ToUpperInvariant(),
            _ => question,
        };
    }
}
