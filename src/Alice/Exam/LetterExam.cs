using System.Text.RegularExpressions;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Letters of words in people's own words: counted, spelled, the first and the last.</summary>
internal static partial class LetterExam
{
    private static readonly ExamWordings Wordings = ExamWordings.Read("letters");

    /// <summary>Every template in turn; a word is given whole in half of the counts.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        return [.. random.Cycle([.. Wordings.All]).Take(count).Select(template => template.Topic == "count"
            ? Count(template, Drawn(random), random.Chance(0.5), mayThink: true, random.Next())
            : Other(template, random.One(Letters.Untrained), random)).OrderBy(test => test.Topic, StringComparer.Ordinal)];
    }

    /// <summary>The same counts in four ways, the word spelled or whole, with thoughts or without, and the answer that is most often
    /// right.</summary>
    public static IReadOnlyList<Arm> Arms(int seed, int count)
    {
        var random = new Random(seed);
        var asked = random.Cycle(Wordings["count"]).Take(count)
            .Select(template => (template, Letters: Drawn(random), Seed: random.Next())).ToList();
        return
        [
            Ask("spelled_with_thoughts", true, true), Ask("spelled_at_once", true, false), Ask("whole_with_thoughts", false, true),
            Ask("whole_at_once", false, false),
            new Arm("always_the_commonest_count", [],
                asked.CountBy(one => one.Letters.Count).Max(found => found.Value) / (double)asked.Count),
        ];

        Arm Ask(string name, bool spelled, bool mayThink) =>
            new(name, [.. asked.Select(one => Count(one.template, one.Letters, spelled, mayThink, one.Seed))]);
    }

    private static Letters Drawn(Random random) => Letters.Of(random.One(Letters.Untrained), random);

    private static AbilityCase Count(ExamWording template, Letters letters, bool spelled, bool mayThink, int seed)
    {
        var slots = new Slots { ["letter"] = letters.Letter.ToString(), ["text"] = spelled ? letters.Spelled : letters.Word };
        var question = template.Fill(slots, new Random(seed));
        return new AbilityCase(spelled ? "count, spelled" : "count, whole word", [new ChatMessage("user", question)],
            said => said.Answer.GivesResult(letters.Count)) { Wanted = $"{letters.Count}", MayThink = mayThink };
    }

    private static AbilityCase Other(ExamWording template, string word, Random random)
    {
        var question = template.Fill(new Slots { ["word"] = word }, random);
        var wanted = template.Topic switch { "spell" => Letters.Spell(word), "last" => word[^1..], _ => word[..1] };
        return new AbilityCase(template.Topic, [new ChatMessage("user", question)], said => template.Topic == "spell"
            ? Alone(said.Answer) == word
            : Alone(said.Answer) is [.., var last] && last == wanted[0]) { Wanted = wanted };
    }

    // The letters that stand alone, in a row: "t, o, p" and "T-O-P" are top.
    private static string Alone(string answer) =>
        string.Concat(Letter().Matches(answer).Select(letter => letter.Value)).ToLowerInvariant();

    [GeneratedRegex(@"(?<![\p{L}\d'])[A-Za-z](?![\p{L}\d'])")]
    private static partial Regex Letter();
}
