namespace LlmRabbitHoles.Alice;

/// <summary>Chats that ask for JSON, in the system message or in the user's own, of forms that come often and of forms drawn
/// anew.</summary>
internal sealed class JsonChats(World world, Wordings wordings) : IDocumentSource
{
    private const double Known = 0.4;
    private const double Tidy = 0.15;

    private readonly JsonForms _forms = new(world, wordings);
    private readonly SchemaForms _schemas = new(wordings);

    public string Part => "forms";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            if (random.Chance(0.5))
            {
                yield return Conversation.Of(Part, 1, 3, Exchange, random).First();
                continue;
            }
            var (form, request) = Draw(random);
            var chat = new Conversation(Part).System(random.Chance(0.25) ? $"You are Alice, a small language model. {request}" : request);
            yield return chat.Add(Text(form, random), form.Answer).End();
        }
    }

    /// <summary>A text and what it is to be written into, in one message, and the JSON.</summary>
    public (string Question, string Answer) Exchange(Random random)
    {
        var (form, request) = Draw(random);
        var text = Text(form, random);
        var end = random.One(["\n", "\n", " ", "\n\n"]);
        var question = random.Chance(0.5) ? $"{Ended(text)}{end}{request}" : $"{Opened(request)}{end}{text}";
        string[] kept = [.. form.Fields.SelectMany(field => new[] { field.Name, field.Value.Trim('"') })
            .Where(value => question.Contains(value, StringComparison.Ordinal))];
        return (random.Chance(0.6) ? question : ToolTasks.Varied(question, random, kept, StringComparison.Ordinal), form.Answer);
    }

    /// <summary>A form and how it is asked for.</summary>
    public (JsonForm Form, string Request) Draw(Random random)
    {
        var form = random.Chance(Known) ? _forms.Next(random, heldOut: false) : SchemaForms.Next(random);
        var isNamed = form.Kind == "schema" && form.Fields.All(field => !field.Type.EndsWith(')') && !field.Type.StartsWith('"'));
        return (form, random.Chance(Tidy) ? _forms.Request(form, random) : _schemas.Request(form, random, isNamed));
    }

    private string Text(JsonForm form, Random random)
    {
        var text = random.Chance(0.1) && form.Text[^1] == '.' ? form.Text[..^1] + "!" : form.Text;
        return wordings.Expand("form.text", new Slots { ["text"] = text }, random);
    }

    private static string Ended(string text) => text[^1] is '.' or '!' or '?' or '"' or '\'' ? text : $"{text}.";

    // The text comes after it.
    private static string Opened(string request) => request.TrimEnd('.') + (request[^1] is ':' or '?' or '}' ? "" : ":");
}

/// <summary>Plain text that fills JSON forms.</summary>
internal sealed class JsonDocuments(World world, Wordings wordings) : IDocumentSource
{
    private readonly JsonChats _chats = new(world, wordings);

    public string Part => "json";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Lines(random));
            yield return Document.Plain(Part, string.Join('\n', lines));
        }
    }

    private string Lines(Random random)
    {
        var (form, request) = _chats.Draw(random);
        return $"{request}\n{form.Text}\n{form.Answer}";
    }
}
