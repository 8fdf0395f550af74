using System.Text.Json;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Alice;

/// <summary>One field of a JSON form and its right value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">As the form writes it: string, number, boolean, or the allowed texts, such as "happy" | "sad".</param>
/// <param name="Value">As the answer writes it: "sad", 12, true.</param>
internal sealed record JsonField(string Name, string Type, string Value);

/// <summary>A form that is to be filled from a text.</summary>
/// <param name="Kind">Names its wordings.</param>
/// <param name="Text">What is written in the form.</param>
/// <param name="Fields">In the order of the form.</param>
internal sealed record JsonForm(string Kind, string Text, IReadOnlyList<JsonField> Fields)
{
    /// <summary>{"mood": "happy" | "sad" | "angry", "about": string}.</summary>
    public string Form => Object(one => one.Type);

    /// <summary>{"mood": "sad", "about": "dog"}.</summary>
    public string Answer => Object(one => one.Value);

    /// <summary>Whether an answer is one JSON object with exactly these fields, their types and their right values.</summary>
    public bool IsRight(string answer)
    {
        try
        {
            using var json = StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(answer), "an answer");
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal)
                    .SequenceEqual(Fields.Select(field => field.Name).Order(StringComparer.Ordinal))
                && Fields.All(field => json.RootElement.GetProperty(field.Name).GetRawText() == field.Value);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private string Object(Func<JsonField, string> value) =>
        "{" + string.Join(", ", Fields.Select(field => $"\"{field.Name}\": {value(field)}")) + "}";
}

/// <summary>Makes JSON forms and texts to fill them from.</summary>
internal sealed class JsonForms(World world, Wordings wordings)
{
    private static readonly WordLists Lists = WordLists.Read("forms");
    private static readonly string[] Common = ["mood", "animal", "ticket", "order", "person", "person", "event", "thing"];
    private static readonly string[] Days = Sequences.Days;
    private static readonly string[] Topics = ["printer", "password", "network", "screen", "phone"];
    private static readonly string[] About = Lists["about"];
    private static readonly string[] Items = Lists["items"];

    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "black", "white", "pink", "brown"];
    private static readonly string[] Things = Lists["things"];
    private static readonly string[] Events = Lists["events"];
    private static readonly string[] Classes = ["a mammal", "a bird", "a reptile", "an insect"];

    public string Request(JsonForm form, Random random) => wordings.Expand("form.request", new Slots { ["form"] = form.Form }, random);

    /// <summary>A form whose text is on the wanted side of what is held out.</summary>
    public JsonForm Next(Random random, bool heldOut)
    {
        while (true)
        {
            var form = Draw(random.One(Common), random, heldOut);
            if (HeldOut.Is(form.Text) == heldOut)
                return form;
        }
    }

    private JsonForm Draw(string kind, Random random, bool heldOut)
    {
        switch (kind)
        {
            case "mood":
                var mood = random.One(["happy", "sad", "angry"]);
                var about = random.One(About);
                return Fill(kind, $"form.mood.{mood}", new Slots { ["about"] = about }, random, heldOut, 0,
                    new("mood", Choice("happy", "sad", "angry"), Quoted(mood)), Text("about", about));
            case "animal":
                var row = random.One([.. world.Tables["animal"].Where(animal => Classes.Contains(animal["class"]))]);
                return Fill(kind, "form.animal", row, random, heldOut, 0, Text("animal", row["animal"]),
                    new("class", Choice("mammal", "bird", "reptile", "insect"), Quoted(row["class"].Split(' ')[1])));
            case "ticket":
                var (topic, urgent) = (random.One(Topics), random.Chance(0.5));
                return Fill(kind, urgent ? "form.ticket.urgent" : "form.ticket.calm", new Slots { ["topic"] = topic }, random, heldOut, 0,
                    new("topic", Choice(Topics), Quoted(topic)), new("urgent", "boolean", urgent ? "true" : "false"));
            case "order":
                var (count, item) = (random.Next(2, 100).ToString(), random.One(Items));
                return Fill(kind, "form.order", new Slots { ["count"] = count, ["item"] = item }, random, heldOut, 0,
                    Text(random.One(["item", "product"]), item), new(random.One(["count", "number"]), "number", count));
            case "person":
                var slots = new Slots
                {
                    ["name"] = heldOut || random.Chance(0.5) ? Invented.Person(random, heldOut) : Kinds.Person(random),
                    ["age"] = random.Next(5, 90).ToString(), ["city"] = Invented.Place(random, heldOut)
                };
                return Fill(kind, "form.person", slots, random, heldOut, 0.3,
                    Text("name", slots["name"]), new("age", "number", slots["age"]), Text("city", slots["city"]));
            case "event":
                var (what, day, hour) = (random.One(Events), random.One(Days), random.Next(1, 13).ToString());
                return Fill(kind, "form.event", new Slots { ["what"] = what, ["day"] = day, ["hour"] = hour }, random, heldOut, 0.3,
                    Text("what", what), Text("day", day), new("hour", "number", hour));
            default:
                var (thing, colour, price) = (random.One(Things), random.One(Colours), random.Next(2, 100).ToString());
                return Fill(
                    kind, "form.thing", new Slots { ["thing"] = thing, ["colour"] = colour, ["price"] = price }, random, heldOut, 0.3,
                    Text("thing", thing), Text("colour", colour), new("price", "number", price));
        }
    }

    // Fields come in any order, and sometimes one of them is not asked for, so that the form has to be read.
    private JsonForm Fill(
        string kind, string rule, Slots slots, Random random, bool heldOut, double without, params JsonField[] fields)
    {
        var shuffled = random.Chance(0.5) ? fields : random.Shuffled(fields);
        var text = wordings.Expand(heldOut ? rule : $"{rule}.asked", slots, random);
        return new JsonForm(kind, text, random.Chance(without) ? shuffled[1..] : shuffled);
    }

    private static JsonField Text(string name, string value) => new(name, "string", Quoted(value));

    private static string Choice(params string[] values) => string.Join(" | ", values.Select(Quoted));

    private static string Quoted(string text) => $"\"{text}\"";
}
