using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>Things that people tell and ask for later, near and far behind; and what they ask for without having told it.</summary>
internal static class MemoryExam
{
    /// <summary>The lengths of context, in tokens, at which memory and facts are published.</summary>
    public static readonly IReadOnlyList<int> Lengths = [200, 400, 600, 800, 950];

    private static readonly ExamWordings Wordings = ExamWordings.Read("memory"), Untold = ExamWordings.Read("forgetting");

    private static readonly string[] Kinds = [.. Wordings.Topics.Where(topic => topic.EndsWith(".ask", StringComparison.Ordinal))
        .Select(topic => topic[..^4])];

    /// <summary>A few turns: one to three things told, up to three other exchanges, sometimes a correction.</summary>
    public static IReadOnlyList<AbilityCase> Near(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Asks(Wordings, random).Take(count).Select(ask => Near(ask, random))];
    }

    /// <summary>A conversation of about so many tokens that tells something at its beginning.</summary>
    public static IReadOnlyList<AbilityCase> Far(int seed, int count, int fewestTokens, int mostTokens)
    {
        var random = new Random(seed + fewestTokens);
        return [.. Asks(Wordings, random).Take(count).Select(ask =>
        {
            var told = Draw(Kind(ask), random);
            var tokens = random.Next(fewestTokens, mostTokens + 1);
            return Case(told, "", Filled([.. Told([told], random)], ask.Fill(told.Slots, random), tokens, random));
        })];
    }

    /// <summary>The same, where a fact of the world is asked for at the end.</summary>
    public static IReadOnlyList<AbilityCase> FarFacts(int seed, int count, int tokens)
    {
        var random = new Random(seed + tokens);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var asked = FactExam.Next(random, "country.capital", "animal.sound", "coloured.colour", "word.opposite", "animal.baby");
            return FactExam.Case(asked) with { Messages = Filled([], asked.Question, tokens, random) };
        })];
    }

    /// <summary>Other things are told, and the one that is asked for is not.</summary>
    public static IReadOnlyList<AbilityCase> Forgotten(int seed, int count)
    {
        var random = new Random(seed);
        using var asks = Asks(Wordings, random).GetEnumerator();
        using var others = random.Cycle([.. Untold.All]).GetEnumerator();
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var source = index % 2 == 0 ? asks : others;
            source.MoveNext();
            var ask = source.Current;
            var never = Draw(Kind(ask), random);
            var told = Others(never, random.Next(0, 3), random);
            var messages = Shuffled(told, random).Append(new ChatMessage("user", ask.Fill(never.Slots, random)));
            return new AbilityCase(
                never.Kind, [.. messages], said => said.Answer.Declines() && !told.Any(other => said.Answer.HasWords(other.Value)))
            {
                Wanted = Recollection.NotTold,
            };
        })];
    }

    /// <summary>Ordinary questions with right answers and small talk, as turns of a conversation.</summary>
    public static (ChatMessage User, ChatMessage Assistant) Filler(Random random)
    {
        var (question, answer) = random.Chance(0.8) ? FactExchange(random) : Alice.Wordings.All.Ask("dialogue.small-talk", [], random);
        return (new ChatMessage("user", question), new ChatMessage("assistant", answer));
    }

    /// <summary>Tokens that a conversation takes, by its letters.</summary>
    /// <remarks>Alice's tokenizer needs one for 3.6 letters of such talk, and a turn has two marks; a test holds this to her.</remarks>
    public static int Tokens(IEnumerable<ChatMessage> messages) => (int)messages.Sum(message => (message.Content.Length / 3.6) + 2.5);

    private static (string, string) FactExchange(Random random)
    {
        var asked = FactExam.Next(
            random, "country.capital", "country.language", "animal.sound", "animal.food", "coloured.colour", "thing.use");
        return (asked.Question, World.Alice.StatementOf(asked.Fact!, Alice.Wordings.All, random));
    }

    private static IEnumerable<ExamWording> Asks(ExamWordings wordings, Random random) =>
        random.Cycle([.. wordings.All.Where(template => template.Topic.EndsWith(".ask", StringComparison.Ordinal))]);

    private static string Kind(ExamWording ask) => ask.Topic.Replace(".ask", "", StringComparison.Ordinal);

    private static AbilityCase Near(ExamWording ask, Random random)
    {
        var told = Draw(Kind(ask), random);
        var all = Others(told, random.Next(0, 3), random);
        all.Insert(random.Next(all.Count + 1), told);
        var turns = Shuffled(all, random);
        var outdated = "";
        if (random.Chance(0.15))
        {
            var old = told;
            while (told.Value == old.Value) told = Draw(old.Kind, random) with { Who = old.Who };
            outdated = old.Value;
            turns.AddRange(Exchange(
                random.One(Wordings["correct"]).Fill(new Slots { ["tell"] = Tell(told, random) }, random), Acknowledged(random)));
        }
        for (var more = random.Next(0, 4); more > 0; more--) turns.AddRange(Pair(Filler(random)));
        turns.Add(new ChatMessage("user", ask.Fill(told.Slots, random)));
        return Case(told, outdated, turns);
    }

    private static AbilityCase Case(Memory told, string outdated, IReadOnlyList<ChatMessage> messages) => new(
        outdated.Length > 0 ? "corrected" : told.Kind, messages,
        said => said.Answer.HasWords(told.Value) && (outdated.Length == 0 || !said.Answer.HasWords(outdated))) { Wanted = told.Value };

    private static List<ChatMessage> Filled(List<ChatMessage> turns, string question, int tokens, Random random)
    {
        var last = new ChatMessage("user", question);
        while (true)
        {
            var next = Pair(Filler(random));
            if (Tokens([.. turns, .. next, last]) > tokens)
            {
                turns.Add(last);
                return turns;
            }
            turns.AddRange(next);
        }
    }

    private static List<ChatMessage> Shuffled(IReadOnlyList<Memory> told, Random random) =>
        [.. told.SelectMany(memory => random.Chance(0.25)
            ? Exchange(Tell(memory, random), Acknowledged(random)).Concat(Pair(Filler(random)))
            : Exchange(Tell(memory, random), Acknowledged(random)))];

    private static IEnumerable<ChatMessage> Told(IEnumerable<Memory> told, Random random) =>
        told.SelectMany(memory => Exchange(Tell(memory, random), Acknowledged(random)));

    private static ChatMessage[] Exchange(string user, string assistant) => [new("user", user), new("assistant", assistant)];

    private static ChatMessage[] Pair((ChatMessage User, ChatMessage Assistant) exchange) => [exchange.User, exchange.Assistant];

    private static string Acknowledged(Random random) => Alice.Wordings.All.Expand("memory.ack", [], random);

    private static string Tell(Memory memory, Random random) => random.One(Wordings[$"{memory.Kind}.tell"]).Fill(memory.Slots, random);

    // Things of other kinds with other values, so that an answer is right for one of them only.
    private static List<Memory> Others(Memory asked, int count, Random random)
    {
        var others = new List<Memory>();
        while (others.Count < count)
        {
            var next = Draw(random.One(Kinds), random);
            if (next.Kind != asked.Kind && next.Value != asked.Value && others.All(other => other.Kind != next.Kind)) others.Add(next);
        }
        return others;
    }

    private static Memory Draw(string kind, Random random)
    {
        var value = kind switch
        {
            "name" or "relative" => random.One(ExamValues.Names),
            "home" or "lives" => random.One(ExamValues.Towns),
            "colour" => random.One(ExamValues.Colours),
            "food" => random.One(ExamValues.Foods),
            "code" => $"{random.Next(1000, 10000)}",
            "day" => random.One(ExamValues.Days),
            "time" => ExamValues.Time(random),
            "place" => $"{random.One(["under", "on", "behind", "beside", "near"])} the {random.One(ExamValues.Spots)}",
            "age" or "own-age" => $"{random.Next(18, 90)}",
            "job" => random.One(ExamValues.Jobs),
            "has" => random.One(ExamValues.Gifts),
            "birthday" => random.One(ExamValues.Months),
            _ => random.One(ExamValues.Secrets),
        };
        string who;
        do
            who = kind switch
            {
                "relative" => random.One(ExamValues.Relatives),
                "age" or "job" => random.One(ExamValues.Workers),
                "code" => random.One(ExamValues.Locks),
                "day" => random.One(ExamValues.Events),
                "time" => random.One(ExamValues.Rides),
                "place" => random.One(ExamValues.Objects),
                "lives" or "has" => random.One(ExamValues.Names),
                _ => "",
            };
        while (who == value);
        return new Memory(kind, who, value);
    }
}
