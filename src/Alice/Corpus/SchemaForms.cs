using LlmRabbitHoles.Alice.Exam;

namespace LlmRabbitHoles.Alice;

/// <summary>Makes forms that nobody has seen before: fields drawn from many, with names in any spelling, and sentences that tell some of
/// them. What is not told is null.</summary>
internal sealed class SchemaForms(Wordings wordings)
{
    private static readonly string[][] TypeNames =
    [
        ["string", "number", "boolean", "list"], ["string", "number", "boolean", "list"], ["string", "number", "boolean", "list"],
        ["string", "number", "boolean", "[string]"], ["string", "integer", "boolean", "array"], ["str", "int", "bool", "list"],
        ["text", "number", "true or false", "list of texts"], ["string", "number", "true | false", "string[]"],
    ];

    private static readonly string[] Separators = [", ", "; ", ". ", "\n", " / "];
    private static readonly string[] Openings =
        ["I know that ", "They say that ", "Note: ", "It is true that ", "I read that ", "As you know, ", "News: ", "By the way, "];

    private static readonly string[] Missing =
        ["Use null for what is missing.", "What is not said is null.", "Unknown fields are null.", "Put null where nothing is said."];

    /// <summary>A form that neither the evaluation nor the exam asks.</summary>
    public static JsonForm Next(Random random)
    {
        while (true)
        {
            var form = Draw(random.One(SchemaDomain.All), random);
            if (!HeldOut.Is(form.Text) && !HeldOutOffers.HasFields(form.Fields.Select(field => field.Name))) return form;
        }
    }

    /// <summary>How the form is asked for: by its form, by its keys, by an example or by a schema.</summary>
    /// <param name="form">What is to be filled.</param>
    /// <param name="random">Decides everything.</param>
    /// <param name="byKeys">Whether names alone tell what is meant.</param>
    public string Request(JsonForm form, Random random, bool byKeys)
    {
        var way = byKeys ? random.Next(10) : 9;
        var request = way < 4
            ? wordings.Expand("form.ask.keys", new Slots { ["keys"] = Keys(form, random) }, random)
            : wordings.Expand(
                "form.ask.form", new Slots { ["form"] = way switch { 4 => Example(form), 5 => Schema(form), _ => form.Form } }, random);
        request = request.Replace("  ", " ", StringComparison.Ordinal).Replace(" : ", ": ", StringComparison.Ordinal);
        return random.Chance(form.Fields.Any(field => field.Value == "null") ? 0.4 : 0.1) ? $"{request} {random.One(Missing)}" : request;
    }

    private static JsonForm Draw(SchemaDomain domain, Random random)
    {
        var count = random.Next(20) switch { < 3 => 1, < 9 => 2, < 15 => 3, < 18 => 4, _ => 5 };
        var asked = random.Some(domain.Fields, count);
        var values = domain.Fields.ToDictionary(field => field, field => Value(field, domain, random));
        var untold = asked.Where(field => field.Kind != "subject" && random.Chance(0.1)).ToHashSet();
        var told = asked.Where(field => field.Kind != "subject" && !untold.Contains(field)).ToList();
        var others = domain.Fields.Where(field => field.Kind != "subject" && !asked.Contains(field)).ToArray();
        for (var more = told.Count == 0 ? random.Next(1, 3) : random.Chance(0.35) ? random.Next(1, 3) : 0; more > 0; more--)
            if (random.One(others) is var extra && !told.Contains(extra)) told.Add(extra);
        var text = Text(domain, values, random.Shuffled(told), random);
        var types = random.One(TypeNames);
        var spelling = random.Next(20);
        var fields = new List<JsonField>();
        foreach (var field in asked)
        {
            var (name, meaning) = Named(field, spelling, random);
            while (fields.Any(other => other.Name == name)) (name, meaning) = Named(field, 19, random);
            fields.Add(new JsonField(name, Type(field, types) + meaning, untold.Contains(field) ? "null" : Written(field, values[field])));
        }
        return new JsonForm("schema", text, fields);
    }

    // A value as it stands in a sentence; a list as "a, b and c".
    private static string Value(SchemaField field, SchemaDomain domain, Random random)
    {
        var (kind, rest) = field.Kind.Split(' ', 2) is [var word, var more] ? (word, more) : (field.Kind, "");
        return kind switch
        {
            "subject" => Simple(domain.SubjectKind, random),
            "bool" => random.Chance(0.5) ? "true" : "false",
            "number" => rest.Split('-') is [var from, var to]
                ? $"{random.Next(Number(from), Number(to) + 1)}" : throw new InvalidDataException($"'{field.Kind}' needs two ends."),
            "choice" => random.One(rest.Split(", ")),
            "one" => random.One(rest["of ".Length..].Split(", ")),
            "list" => English.List([.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => Simple(rest, random))
                .Where(value => !value.Contains(" and ", StringComparison.Ordinal)).Distinct()]),
            _ => Simple(kind, random),
        };
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Simple(string kind, Random random) => kind switch
    {
        "weekday" => random.One(Sequences.Days),
        "hour" => random.Chance(0.6) ? $"{random.Next(6, 23)}:{random.One(["00", "15", "30", "45"])}"
            : $"{random.Next(1, 13)} {random.One(["am", "pm"])}",
        "day_date" => $"{random.Next(1, 29)} {random.One(Sequences.Months)}",
        "email" => $"{Invented.Word(random, heldOut: false)}@{Simple("website", random)}",
        "website" => $"{Invented.Word(random, heldOut: false)}.{random.One(["com", "org", "shop", "net"])}",
        "petname" => random.Chance(0.5) ? Kinds.Person(random).Split(' ')[0] : Simple("brand", random),
        "product" => Kinds.Value("object", random),
        "event" => Kinds.Value("title", random),
        "brand" or "placename" => English.Capitalized(Invented.Word(random, heldOut: false)),
        "codename" => random.Chance(0.5) ? Kinds.Value("code", random) : English.Capitalized(Invented.Word(random, heldOut: false)),
        "subject_of" => Kinds.Value("subject", random),
        "country" => random.One(World.Alice.Tables["country"])["country"].Replace("the ", "", StringComparison.Ordinal),
        "item" => Kinds.Value("object", random),
        "goods" => ToolTasks.Good(random, heldOut: false)["plural"],
        _ => Kinds.Value(kind, random),
    };

    private static string Text(SchemaDomain domain, Dictionary<SchemaField, string> values, SchemaField[] told, Random random)
    {
        var subject = values[domain.Fields[0]];
        var named = domain.SubjectKind is "product" or "food" ? $"the {subject}" : subject;
        if (random.Chance(0.12)) return Listed(domain, values, told, random);
        string[] clauses = [.. told.Select(field => field.Clause(values[field], random))];
        var split = random.Next(1, clauses.Length + 1);
        var text = random.Next(10) switch
        {
            0 or 1 or 2 when clauses.Length > 1 && split < clauses.Length =>
                $"{named} {Joined(clauses[..split])}. {Again(domain, named, random)} {Joined(clauses[split..])}.",
            3 when clauses.Length > 1 =>
                $"{named}, {(domain.Pronoun == "who" ? "who" : "which")} {Joined(clauses[1..])}, {clauses[0]}.",
            4 => $"{random.One(Openings)}{named} {Joined(clauses)}.",
            _ => $"{named} {Joined(clauses)}.",
        };
        return English.Capitalized(text);
    }

    private static string Again(SchemaDomain domain, string named, Random random) => domain.Pronoun == "who"
        ? English.Capitalized(random.Chance(0.6) ? named : "this person") : random.Chance(0.75) ? "It" : English.Capitalized(named);

    private static string Joined(string[] clauses) => English.List(clauses);

    // "Name: Zoë, age: 34".
    private static string Listed(SchemaDomain domain, Dictionary<SchemaField, string> values, SchemaField[] told, Random random)
    {
        var (mark, between) = (random.One([": ", ": ", " = ", "="]), random.One(Separators));
        return English.Capitalized(string.Join(between, told.Prepend(domain.Fields[0]).Select(Pair)));

        string Pair(SchemaField field) => random.One(field.Names).Replace('_', ' ') + mark + values[field] switch
        {
            "true" when field.IsTruth => "yes",
            "false" when field.IsTruth => "no",
            var value => value,
        };
    }

    private static (string Name, string Meaning) Named(SchemaField field, int spelling, Random random)
    {
        var name = random.One(field.Names);
        return spelling switch
        {
            < 13 => (name, ""),
            13 or 14 => (Camel(name), ""),
            15 => (name.ToUpperInvariant(), ""),
            16 => (English.Capitalized(name.Replace('_', ' ')), ""),
            17 => (name.Replace('_', random.One("- ".ToCharArray())), ""),
            _ => (Invented.Word(random, heldOut: false), $" ({(field.Kind == "subject" ? field.Names[0] : name).Replace('_', ' ')})"),
        };
    }

    private static string Camel(string name) =>
        string.Concat(name.Split('_').Select((part, index) => index == 0 ? part : English.Capitalized(part)));

    private static string Type(SchemaField field, string[] types) => field.Kind.Split(' ', 2) switch
    {
        ["number", ..] => types[1],
        ["bool"] => types[2],
        ["list", ..] => types[3],
        ["choice", var all] => string.Join(" | ", all.Split(", ").Select(one => $"\"{one}\"")),
        _ => types[0],
    };

    private static string Written(SchemaField field, string value) => field.Kind.Split(' ')[0] switch
    {
        "number" or "bool" => value,
        "list" => $"[{string.Join(", ", value.Replace(" and ", ", ", StringComparison.Ordinal).Split(", ").Select(one => $"\"{one}\""))}]",
        _ => $"\"{value}\"",
    };

    private static string Keys(JsonForm form, Random random)
    {
        var mark = random.One(["", "", "", "\"", "'"]);
        string[] names = [.. form.Fields.Select(field => mark + field.Name + mark)];
        return random.Chance(0.6) ? English.List(names) : string.Join(random.One([", ", ", ", " + ", " & ", "/"]), names);
    }

    private static string Example(JsonForm form) => Object(form, field => Plain(field.Type) switch
    {
        "array" => "[\"...\"]",
        "boolean" => "true",
        "number" => "0",
        _ => "\"...\"",
    });

    private static string Schema(JsonForm form) =>
        "{\"type\": \"object\", \"properties\": " + Object(form, field => $"{{\"type\": \"{Plain(field.Type)}\"}}") + "}";

    // The word of JSON Schema for a type that may be named otherwise.
    private static string Plain(string type) => Array.Find(TypeNames, names => names.Contains(type)) is { } found
        ? Array.IndexOf(found, type) switch { 1 => "number", 2 => "boolean", 3 => "array", _ => "string" } : "string";

    private static string Object(JsonForm form, Func<JsonField, string> value) =>
        "{" + string.Join(", ", form.Fields.Select(field => $"\"{field.Name}\": {value(field)}")) + "}";
}
