namespace LlmRabbitHoles.Alice;

/// <summary>
/// Chats under a system message that says how to answer, as plain ones under messages that do not, and as many whose own messages say
/// how they want to be answered.
/// </summary>
internal sealed class SkillChats(World world, Wordings wordings) : IDocumentSource
{
    private readonly SkillTasks _tasks = new(world, wordings);

    public string Part => "skills";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            if (random.Chance(0.12))
                yield return Conversation.Of(Part, 1, 4, InOneWord, random).First();
            if (random.Chance(0.5))
            {
                yield return random.Chance(0.15)
                    ? Conversation.Of(Part, 1, 4, _tasks.Exchange, random).First()
                    : Document.Chat(Part, _tasks.NextTalk(random));
                continue;
            }

            var tasks = _tasks.Next(random.Next(1, 4), random, skills: Split.Trained, names: Split.Trained);
            var chat = new Conversation(Part).System(tasks[0].System);
            foreach (var task in tasks)
                chat.Add(task.Question, task.Answer);
            yield return chat.End();
        }
    }

    private (string Question, string Answer) InOneWord(Random random)
    {
        var task = _tasks.NextInOneWord(random);
        return (wordings.Expand("skill.one-word", new Slots { ["question"] = SkillTasks.Ended(task.Question) }, random), task.Answer);
    }
}

/// <summary>Plain text that rewrites sentences under an instruction.</summary>
internal sealed class RewritingDocuments(World world, Wordings wordings) : IDocumentSource
{
    private readonly SkillTasks _tasks = new(world, wordings);

    public string Part => "rewriting";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var lines = new List<string>();
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                if (random.Chance(0.4))
                    lines.Add(Capitals(random));
                else
                    lines.AddRange(_tasks.Next(1, random, skills: Split.Trained, names: Split.Trained)
                        .SelectMany(task => (string[])[task.System, $"Question: {task.Question}", $"Answer: {task.Answer}"]));
            }

            yield return Document.Plain(Part, string.Join('\n', lines));
        }
    }

    private string Capitals(Random random)
    {
        var fact = random.One(world.Facts);
        var sentence = random.Chance(0.4) ? fact.Answer : world.StatementOf(fact, wordings, random);
        var capitals = sentence.ToUpperInvariant();
        return random.One<string>(
        [
            $"{sentence} In capital letters: {capitals}",
            $"In capital letters: {sentence} - {capitals}",
            $"In small letters: {capitals} - {sentence}",
        ]);
    }
}
