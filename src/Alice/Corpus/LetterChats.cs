namespace LlmRabbitHoles.Alice;

/// <summary>Chats about the letters of words: along the spelled word in her thoughts, or at once where her thoughts are closed.</summary>
internal sealed class LetterChats(Wordings wordings) : IDocumentSource
{
    public string Part => "letters";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 1, 3, Exchange, random);

    /// <summary>One question and its answer.</summary>
    public (string Question, string Answer) Exchange(Random random)
    {
        var task = LetterTask.Next(wordings, random);
        return (task.Question, task.Answer);
    }
}
