namespace LlmRabbitHoles.Alice;

/// <summary>Chats in which the system message gives a JSON form and every answer fills it.</summary>
internal sealed class JsonChats(World world, Wordings wordings) : IDocumentSource
{
    private readonly JsonForms _forms = new(world, wordings);

    public string Part => "forms";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var form = _forms.Next(random, heldOut: false);
            var request = _forms.Request(form, random);
            var chat = new Conversation(Part).System(random.Chance(0.25) ? $"You are Alice, a small language model. {request}" : request);
            yield return chat.Add(Shouted(form.Text, random), form.Answer).End();
        }
    }

    private static string Shouted(string text, Random random) => random.Chance(0.1) && text[^1] == '.' ? text[..^1] + "!" : text;
}

/// <summary>Plain text that fills JSON forms.</summary>
internal sealed class JsonDocuments(World world, Wordings wordings) : IDocumentSource
{
    private readonly JsonForms _forms = new(world, wordings);

    public string Part => "json";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Lines(_forms.Next(random, heldOut: false), random));
            yield return Document.Plain(Part, string.Join('\n', lines));
        }
    }

    private string Lines(JsonForm form, Random random) => $"{_forms.Request(form, random)}\n{form.Text}\n{form.Answer}";
}
