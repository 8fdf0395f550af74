namespace LlmRabbitHoles.Alice;

/// <summary>Definitions and general knowledge: a subject, the questions that ask for it, and the sentences that answer.</summary>
internal sealed record GlossaryEntry(string Topic, string Subject, string[] Questions, string[] HeldOut);

/// <summary>Reads data/corpus/definitions.txt and data/corpus/trivia.txt.</summary>
internal sealed class Glossary
{
    private Glossary(Wordings answers, IReadOnlyList<GlossaryEntry> entries) => (Answers, Entries) = (answers, entries);

    public static Glossary Definitions { get; } = ReadDefinitions();

    public static Glossary Trivia { get; } = ReadTrivia();

    /// <summary>The sentences that answer, by subject.</summary>
    public Wordings Answers { get; }

    public IReadOnlyList<GlossaryEntry> Entries { get; }

    public string Answer(GlossaryEntry entry, Random random) => Answers.Expand(entry.Subject, [], random);

    /// <summary>The sentence that is told most often.</summary>
    public string CommonAnswer(GlossaryEntry entry) => Answers.First(entry.Subject);

    private static Glossary ReadDefinitions()
    {
        var answers = Wordings.Parse(CorpusResource.Lines("definitions.txt"), "definitions.txt");
        return new Glossary(answers, [.. answers.Names.Select(term => new GlossaryEntry("definition", term, [], []))]);
    }

    // The last of three or more questions is kept for the evaluation.
    private static Glossary ReadTrivia()
    {
        var answers = Wordings.Parse(CorpusResource.Lines("trivia.txt"), "trivia.txt");
        return new Glossary(answers, [.. answers.Names.Select(line =>
        {
            var questions = line.Split(" | ");
            return questions.Length < 3
                ? new GlossaryEntry("trivia", line, questions, [])
                : new GlossaryEntry("trivia", line, questions[..^1], questions[^1..]);
        })]);
    }
}
