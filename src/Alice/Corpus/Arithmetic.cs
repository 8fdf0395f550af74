namespace LlmRabbitHoles.Alice;

/// <summary>A small calculation and the ways to write it.</summary>
internal readonly record struct Calculation(int Left, char Sign, int Right)
{
    public int Result => Sign switch
    {
        '+' => Left + Right,
        '-' => Left - Right,
        _ => Left * Right,
    };

    /// <summary>Sums and differences up to 20, products up to 10 times 10.</summary>
    public static Calculation Next(Random random)
    {
        var kind = random.Next(10);
        if (kind < 5)
        {
            var sum = random.Next(0, 21);
            var left = random.Next(0, sum + 1);
            return new Calculation(left, '+', sum - left);
        }

        var from = random.Next(0, 21);
        return kind < 8
            ? new Calculation(from, '-', random.Next(0, from + 1))
            : new Calculation(random.Next(0, 11), '*', random.Next(0, 11));
    }

    /// <summary>{left} {sign} {right} {result} in figures; {lefts} and so on in words.</summary>
    public Slots Slots => new()
    {
        ["left"] = Left.ToString(), ["right"] = Right.ToString(), ["result"] = Result.ToString(), ["sign"] = Sign.ToString(),
        ["leftWord"] = English.Number(Left), ["rightWord"] = English.Number(Right), ["resultWord"] = English.Number(Result),
        ["word"] = Sign switch { '+' => "plus", '-' => "minus", _ => "times" },
    };
}

/// <summary>Plain text that calculates.</summary>
internal sealed class ArithmeticDocuments(Wordings wordings) : IDocumentSource
{
    public string Part => "arithmetic";

    public bool IsChat => false;

    public IEnumerable<Document> Generate(Random random)
    {
        while (true)
        {
            var lines = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Line(random)).ToArray();
            yield return Document.Plain(Part, string.Join(random.Chance(0.5) ? '\n' : ' ', lines));
        }
    }

    private string Line(Random random)
    {
        var calculation = Calculation.Next(random);
        if (!random.Chance(0.3) || calculation.Sign == '*' || calculation.Right == 0 || calculation.Left < 2 || calculation.Right < 2)
            return wordings.Expand("arithmetic.statement", calculation.Slots, random);
        var slots = Characters.Child(random, calculation.Slots);
        return wordings.Expand(calculation.Sign == '+' ? "arithmetic.story.more" : "arithmetic.story.less", slots, random);
    }
}

/// <summary>Chats that ask for a small calculation.</summary>
internal sealed class ArithmeticChats(Wordings wordings) : IDocumentSource
{
    public string Part => "calculations";

    public bool IsChat => true;

    public IEnumerable<Document> Generate(Random random) => Conversation.Of(Part, 1, 3, Ask, random);

    private (string Question, string Answer) Ask(Random random)
    {
        var (question, answer) = wordings.Ask("arithmetic.question", Calculation.Next(random).Slots, random);
        return (Casual.Vary(question, random), answer);
    }
}
