using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Exam;

/// <summary>JSON asked for and filled in people's own words: forms of the lessons, and forms that no lesson has.</summary>
internal static class FormExam
{
    private static readonly ExamWordings Wordings = ExamWordings.Read("structure");
    private static readonly string[] Topics = ["printer", "password", "network", "screen", "phone"];
    private static readonly string[] About = ["dog", "car", "garden", "neighbour", "exam", "holiday", "bicycle", "boss"];
    private static readonly string[] Items = ["stamps", "lemons", "towels", "pencils", "cakes", "candles", "tickets"];
    private static readonly string[] Events = ["picnic", "concert", "market", "race", "wedding", "lesson"];
    private static readonly string[] Things = ["scarf", "drum", "clock", "chair", "doll", "kite"];
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "black", "white"];
    private static readonly string[] Classes = ["a mammal", "a bird", "a reptile", "an insect"];

    /// <summary>Forms of the lessons; every text in turn.</summary>
    public static IReadOnlyList<AbilityCase> Cases(int seed, int count)
    {
        var random = new Random(seed);
        return [.. random.Cycle([.. Wordings.All.Where(template => template.Topic is not ("request" or "message"))]).Take(count)
            .Select(template => Case(template.Topic.Split('.')[0], Fill(template, random), random))];
    }

    /// <summary>Forms that no lesson has; every sentence in turn.</summary>
    public static IReadOnlyList<AbilityCase> NewCases(int seed, int count)
    {
        var random = new Random(seed);
        var sentences = ExamForm.All.SelectMany(form => form.Sentences.Select(sentence => (form, sentence))).ToArray();
        return [.. random.Cycle(sentences).Take(count).Select(pair =>
        {
            var slots = new Slots();
            foreach (var (name, _) in pair.form.Fields) slots[name] = random.One(pair.form.Values[name]);
            var fields = pair.form.Fields.Select(field => new JsonField(
                field.Name, field.Type, field.Type == "number" ? slots[field.Name] : $"\"{slots[field.Name]}\""));
            var kind = pair.form.Fields.Any(field => field.Type.Contains('|')) ? "with choices"
                : pair.form.Fields.Any(field => field.Type == "number") ? "with numbers" : "texts";
            return Case(kind, new JsonForm(kind, pair.sentence.Fill(slots, random), [.. fields]), random);
        })];
    }

    private static AbilityCase Case(string topic, JsonForm form, Random random)
    {
        var slots = new Slots { ["form"] = form.Form, ["text"] = form.Text };
        var inMessage = random.Chance(0.4);
        ChatMessage[] messages = inMessage
            ? [new("user", random.One(Wordings["message"]).Fill(slots, random))]
            : [new("system", random.One(Wordings["request"]).Fill(slots, random)), new("user", form.Text)];
        return new AbilityCase(topic, messages, said => form.IsRight(said.Answer))
        {
            Wanted = form.Answer,
            Aspects = new Dictionary<string, Func<LlmRabbitHoles.Agents.Transcript, bool>>
            {
                [inMessage ? "asked_in_the_message" : "asked_in_the_system_prompt"] = said => form.IsRight(said.Answer),
            },
        };
    }

    private static JsonForm Fill(ExamWording template, Random random)
    {
        switch (template.Topic.Split('.'))
        {
            case ["mood", var mood]:
                var about = random.One(About);
                return Form(template, random, new() { ["about"] = about },
                    new("mood", Choice("happy", "sad", "angry"), Quoted(mood)), Text("about", about));
            case ["animal"]:
                var row = random.One([.. World.Alice.Tables["animal"].Where(animal => Classes.Contains(animal["class"]))]);
                return Form(template, random, row, Text("animal", row["animal"]),
                    new("class", Choice("mammal", "bird", "reptile", "insect"), Quoted(row["class"].Split(' ')[1])));
            case ["ticket", var haste]:
                var topic = random.One(Topics);
                return Form(template, random, new() { ["topic"] = topic }, new("topic", Choice(Topics), Quoted(topic)),
                    new("urgent", "boolean", haste == "urgent" ? "true" : "false"));
            case ["order"]:
                var (count, item) = ($"{random.Next(2, 100)}", random.One(Items));
                return Form(template, random, new() { ["count"] = count, ["item"] = item },
                    Text("item", item), new("count", "number", count));
            case ["person"]:
                var (name, age, city) = (random.One(ExamValues.Names), $"{random.Next(5, 90)}", random.One(ExamValues.Towns));
                return Form(template, random, new() { ["name"] = name, ["age"] = age, ["city"] = city },
                    Text("name", name), new("age", "number", age), Text("city", city));
            case ["event"]:
                var (what, day, hour) = (random.One(Events), random.One(ExamValues.Days), $"{random.Next(1, 13)}");
                return Form(template, random, new() { ["what"] = what, ["day"] = day, ["hour"] = hour },
                    Text("what", what), Text("day", day), new("hour", "number", hour));
            default:
                var (thing, colour, price) = (random.One(Things), random.One(Colours), $"{random.Next(2, 100)}");
                return Form(template, random, new() { ["thing"] = thing, ["colour"] = colour, ["price"] = price },
                    Text("thing", thing), Text("colour", colour), new("price", "number", price));
        }
    }

    private static JsonForm Form(ExamWording template, Random random, Slots slots, params JsonField[] fields) =>
        new(template.Topic, template.Fill(slots, random), random.Chance(0.5) ? fields : random.Shuffled(fields));

    private static JsonField Text(string name, string value) => new(name, "string", Quoted(value));

    private static string Choice(params string[] values) => string.Join(" | ", values.Select(Quoted));

    private static string Quoted(string text) => $"\"{text}\"";
}
