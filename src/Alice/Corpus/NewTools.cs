using System.Text.RegularExpressions;
using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice.Exam;

namespace LlmRabbitHoles.Alice;

/// <summary>A tool drawn anew, with a name, a description and parameters that nobody has seen before.</summary>
/// <param name="Tool">As it is offered.</param>
/// <param name="Action">What it does.</param>
/// <param name="Needs">For each of the tool's parameters what it holds: "person", "city2".</param>
internal sealed record NewTool(ITool Tool, ToolAction Action, IReadOnlyList<string> Needs);

/// <summary>Makes tools and tasks for them. A third of the names means nothing, so that only the description tells what a tool
/// does.</summary>
internal sealed partial class NewTools(Wordings wordings)
{
    private const char Article = '\u0002';

    private static readonly string[] Asked =
    [
        "who", "what", "where", "when", "which", "how", "is", "are", "does", "do", "did", "can", "could", "has", "have", "was", "were",
        "any", "in which", "in what", "since", "by whom", "under which", "am i", "what's", "where's", "how's", "who's",
    ];

    private static readonly string[] Prefixes = ["get", "do", "my", "the", "run", "use", "new", "auto", "smart"];
    private static readonly string[] Done = ["ok", "done", "OK", "Done", "true", "success"];

    private static readonly Dictionary<string, string[]> Descriptive = new(StringComparer.Ordinal)
    {
        ["person"] = ["a person", "someone", "somebody"], ["city"] = ["a city", "a town"], ["place"] = ["a place"],
        ["number"] = ["a number"], ["colour"] = ["a colour", "a color"], ["food"] = ["a dish", "some food", "a meal"],
        ["text"] = ["a text"], ["object"] = ["a thing", "something", "an object"], ["phone"] = ["a phone number"],
        ["animal"] = ["an animal"],
    };

    private static readonly Dictionary<string, string[]> Telling = new(StringComparer.Ordinal)
    {
        ["person"] = ["person", "name", "who"], ["city"] = ["city", "place", "town", "location"],
        ["place"] = ["place", "location", "where", "address"], ["day"] = ["day", "date", "when"],
        ["time"] = ["time", "at", "hour", "when"],
        ["number"] = ["number", "amount", "count", "value"], ["colour"] = ["colour", "color", "shade"],
        ["word"] = ["word", "term", "text"],
        ["text"] = ["text", "message", "content"], ["object"] = ["thing", "item", "object"], ["code"] = ["code", "id", "number"],
        ["name"] = ["name", "file", "label"], ["language"] = ["language", "lang", "tongue"],
        ["phone"] = ["phone", "number", "phone_number"],
    };

    private static readonly string[][] Letters =
        [["x", "y", "z"], ["a", "b", "c"], ["p1", "p2", "p3"], ["arg1", "arg2", "arg3"], ["p", "q", "r"]];

    /// <summary>Some tools, of which all do different things; near ones come often.</summary>
    public static IReadOnlyList<NewTool> Offer(Random random, int count)
    {
        var first = random.One(ToolAction.All);
        var actions = new List<ToolAction> { first };
        while (actions.Count < count)
        {
            var next = random.One(ToolAction.All);
            if (!actions.Contains(next) && (next.Group == first.Group || random.Chance(0.15))) actions.Add(next);
        }
        var names = new HashSet<string>(ToolTasks.Tools.Keys, StringComparer.Ordinal);
        return [.. random.Shuffled(actions).Select(action => Draw(action, names, random))];
    }

    /// <summary>A tool for an action, with a name that is not taken yet; no tool of the exam.</summary>
    public static NewTool Draw(ToolAction action, HashSet<string> taken, Random random)
    {
        var name = Name(action, random);
        while (HeldOutOffers.HasName(name) || !taken.Add(name)) name = Name(action, random);
        var style = random.Next(20);
        string[] needs = [.. style < 17 && random.Chance(0.4) ? random.Shuffled(action.Parameters) : action.Parameters];
        var parameters = Parameters(action, needs, style, random);
        var description = Described(action, random);
        while (HeldOutOffers.HasDescription(description)) description = Described(action, random);
        if (style > 13 && (needs.Length > 1 || random.Chance(0.5)) || random.Chance(0.06))
            description += Explained(needs, parameters, action, random);
        return new NewTool(new OfferedTool(name, description, parameters), action, needs);
    }

    /// <summary>A question that the tool answers.</summary>
    public ToolTask Ask(NewTool tool, Random random)
    {
        var action = tool.Action;
        var values = Values(action.Parameters, random);
        var way = random.One(action.Ways);
        var quote = random.One(["", "", "'", "\"", "\""]);
        var text = "";
        for (var tries = 0; tries < 2; tries++)
        {
            text = Resolved(action.Expand(way, Typed(values, quote), random));
            // Words without quotes must stand at the end, where nothing can be taken for a part of them.
            if (quote != "" || !values.TryGetValue("text", out var words)
                || (way is '!' or '?' && text.EndsWith(words, StringComparison.Ordinal)))
                break;
            quote = "\"";
        }
        var bare = quote == "" && values.TryGetValue("text", out var said) && text.EndsWith(said, StringComparison.Ordinal);
        return Task(tool, values, bare && way == '!' ? Bare(text, random) : bare ? text : Framed(way, text, random), random);
    }

    /// <summary>The same for another value, where a tool has one parameter; null otherwise.</summary>
    public ToolTask? After(NewTool tool, Random random)
    {
        if (tool.Needs.Count != 1 || tool.Needs[0] == "text") return null;
        var values = Values(tool.Needs, random);
        var question = wordings.Expand("tool.then.any", new Slots { ["value"] = Typed(values, "")[tool.Needs[0]] }, random);
        return Task(tool, values, Resolved(question), random);
    }

    private static ToolTask Task(NewTool tool, Slots values, string question, Random random)
    {
        var arguments = tool.Tool.Parameters.Zip(tool.Needs, (name, need) => (name, values[need])).ToArray();
        var (result, answer) = Reported(tool.Action, values, random);
        // A value that begins the question keeps its own first letter.
        if (!values.Values.Any(value => question.StartsWith(value, StringComparison.Ordinal))) question = English.Capitalized(question);
        question = ToolTasks.Varied(question, random, [.. values.Values], StringComparison.Ordinal);
        return new ToolTask(question, ToolTasks.Call(tool.Tool.Name, arguments), result, answer);
    }

    // What comes back is a value, a sentence, or a word that all went well.
    private static (string Result, string Answer) Reported(ToolAction action, Slots values, Random random)
    {
        var slots = new Slots(values);
        foreach (var slot in action.Reported.Where(
            slot => !slots.ContainsKey(slot) || ToolAction.KindOf(slot) is "number" or "time" or "day" or "code" && random.Chance(0.5)))
            slots[slot] = Kinds.Value(ToolAction.KindOf(slot), random);
        slots = Typed(slots, "");
        var result = Resolved(action.Expand('>', slots, random));
        var sentence = $"{English.Capitalized(Resolved(action.Expand('=', slots, random)))} is {result}.";
        if (action.IsOrder && random.Chance(0.08)) return (random.One(Done), "Done.");
        return (random.Chance(0.25) ? sentence : result, sentence);
    }

    private static Slots Values(IReadOnlyList<string> parameters, Random random)
    {
        var values = new Slots();
        foreach (var parameter in parameters)
        {
            string value;
            do
                value = Kinds.Value(ToolAction.KindOf(parameter), random);
            while (values.ContainsValue(value));
            values[parameter] = value;
        }
        return values;
    }

    // As people write them: "the kitchen", "a lantern", 'see you at eight'.
    private static Slots Typed(Slots values, string quote)
    {
        var typed = new Slots();
        foreach (var (slot, value) in values)
            typed[slot] = ToolAction.KindOf(slot) switch
            {
                "room" => $"the {value}",
                "object" => Article + value,
                "text" => $"{quote}{value}{quote}",
                _ => value,
            };
        return typed;
    }

    // "the lantern" stays, any other lantern is "a lantern". A choice that took nothing leaves two blanks.
    private static string Resolved(string text)
    {
        var single = DayWithOn().Replace(text.Replace("  ", " ", StringComparison.Ordinal).Trim(), "");
        return Marked().Replace(single, match => match.Groups[1].Length > 0
            ? match.Groups[1].Value : English.WithArticle(single[match.Index + 1].ToString())[..^1]);
    }

    private string Framed(char way, string text, Random random) => way switch
    {
        '!' => wordings.Expand("tool.ask.do", new Slots { ["do"] = text }, random),
        '~' => wordings.Expand("tool.ask.np", new Slots { ["np"] = text }, random),
        '&' => wordings.Expand("tool.ask.clause", new Slots { ["clause"] = text }, random),
        _ => text + (IsQuestion(text) ? '?' : '.'),
    };

    private static string Bare(string text, Random random) => random.Next(4) switch
    {
        0 => $"Please {text}",
        1 => $"Could you {text}",
        _ => text,
    };

    private static bool IsQuestion(string text)
    {
        var last = text[(text.LastIndexOf(". ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..].ToLowerInvariant();
        return Asked.Any(word => last.StartsWith(word + " ", StringComparison.Ordinal))
            || text.Contains(", is there", StringComparison.Ordinal);
    }

    private static string Name(ToolAction action, Random random)
    {
        var style = random.Next(30);
        var (verb, noun) = random.One(style == 10 ? random.One(ToolAction.All).Names : action.Names);
        return style switch
        {
            < 10 => Nonsense(random),
            < 18 => $"{verb}_{noun}",
            < 21 => $"{verb}{English.Capitalized(noun)}",
            21 => $"{English.Capitalized(verb)}{English.Capitalized(noun)}",
            22 => $"{verb}-{noun}",
            23 => $"{verb}{noun}",
            24 => $"{noun}_{verb}",
            25 => noun,
            26 => verb,
            27 => $"{noun}_{random.One(["tool", "service", "api", "bot", "helper", "agent", "v2"])}",
            _ => $"{random.One(Prefixes)}_{noun}",
        };
    }

    private static string Nonsense(Random random)
    {
        return random.Next(8) switch
        {
            0 => $"{Word()}_{Word()}",
            1 => $"{(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))}{random.Next(10)}",
            2 => $"tool{random.Next(1, 100)}",
            3 => English.Capitalized(Word()),
            4 => Word() + English.Capitalized(Word()),
            _ => Word(),
        };

        string Word() => Invented.Word(random, heldOut: false);
    }

    private static string[] Parameters(ToolAction action, string[] needs, int style, Random random)
    {
        string[] names = style switch
        {
            < 14 => [.. needs.Select(need => random.One(Names(action, need)))],
            < 16 => random.One(Letters)[..needs.Length],
            < 19 => [.. needs.Select(_ => Invented.Word(random, heldOut: false))],
            _ => [.. needs.Select(need => $"{random.One(Prefixes)}_{Names(action, need)[0]}")],
        };
        return names.Distinct().Count() == names.Length ? names : [.. names.Select((name, index) => $"{name}{index + 1}")];
    }

    private static string[] Names(ToolAction action, string need) => action.Telling.TryGetValue(need, out var told) ? told
        : Telling.TryGetValue(ToolAction.KindOf(need), out var known) ? known : [ToolAction.KindOf(need)];

    private static string Explained(string[] needs, string[] parameters, ToolAction action, Random random)
    {
        var pairs = parameters.Zip(needs, (name, need) => (Name: name, Meaning: Names(action, need)[0]));
        return random.Next(3) switch
        {
            0 => $"; {string.Join(", ", pairs.Select(pair => $"{pair.Name} is the {pair.Meaning}"))}",
            1 => $", {string.Join(", ", pairs.Select(pair => $"{pair.Name}: {pair.Meaning}"))}",
            _ => $" ({string.Join(", ", pairs.Select(pair => $"{pair.Name}: {pair.Meaning}"))})",
        };
    }

    private static string Described(ToolAction action, Random random) =>
        Count().Replace(action.Expand(':', Descriptions(action, random), random), "a number of ");

    private static Slots Descriptions(ToolAction action, Random random)
    {
        var slots = new Slots();
        foreach (var parameter in action.Parameters)
        {
            var kind = ToolAction.KindOf(parameter);
            var word = random.One(Descriptive.TryGetValue(kind, out var words) ? words : [$"a {kind}"]);
            slots[parameter] = kind == parameter ? word : $"another {word[(word.IndexOf(' ') + 1)..]}";
        }
        return slots;
    }

    [GeneratedRegex(@"a number (?=[a-z])(?!of |to |and |on |for |in |at |with |from )", RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex(@"\b[Oo]n (?=tomorrow|today|next )", RegexOptions.CultureInvariant)]
    private static partial Regex DayWithOn();

    [GeneratedRegex(@"(\b(?:the|my|your|our|this|that|some|pieces of) )?\u0002", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Marked();
}
