namespace LlmRabbitHoles.Alice;

/// <summary>Chats that count letters: along the spelled word in her thoughts, or at once where her thoughts are closed.</summary>
internal sealed class LetterChats(Wordings wordings) : IDocumentSource
{
    public string Part => "letters";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 1, 3, Exchange, random);

    private (string Question, string Answer) Exchange(Random random)
    {
        var word = random.Chance(0.4) ? Invented.Word(random, heldOut: false) : random.One(Letters.Trained);
        if (random.Chance(0.1))
        {
            word = random.One(Letters.Trained);
            var (question, spelled) =
                wordings.Ask("letters.spell", new Slots { ["word"] = word, ["letters"] = Letters.Spell(word) }, random);
            return (question, spelled);
        }

        var letters = Letters.Of(word, random);
        var inLetters = random.Chance(0.6);
        return (letters.Question(inLetters, wordings, random), random.Chance(0.15) ? AtOnce(letters) : Thought(letters, inLetters));
    }

    private static string AtOnce(Letters letters) => $"{Conversation.Thought("")}{letters.Count}";

    // A whole word is spelled before it is counted.
    private static string Thought(Letters letters, bool inLetters) =>
        Conversation.Thought((inLetters ? "" : letters.Spelled + ": ") + letters.Running) + letters.Count;
}
