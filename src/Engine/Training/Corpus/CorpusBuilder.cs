using System.Text;

namespace LlmRabbitHoles.Training;

/// <summary>Builds the corpus that Alice learns from, out of seeded generators and the open text of the repository.</summary>
public static class CorpusBuilder
{
    private const double CharactersOfAKind = 40_000_000;
    private const int ShortestValidationText = 120;

    /// <summary>Builds the corpus; takes some seconds at scale 1 and needs no network.</summary>
    public static Corpus Build(CorpusOptions? options = null)
    {
        options ??= new CorpusOptions();
        var evaluation = EvaluationCases.Build(World.Alice, Wordings.All, options.Seed);
        var asked = Questions(evaluation);
        var train = new List<Document>();
        var validation = new List<Document>();
        foreach (var document in Parts().Where(part => Belongs(part.Source, options.Phase)).AsParallel().AsOrdered()
            .Select(part => Take(part.Source, part.Share * CharactersOfAKind * options.Scale, options.Seed)).AsEnumerable().SelectMany(part => part))
        {
            if (HoldsOneOf(asked, document))
                continue;
            (IsForValidation(document) ? validation : train).Add(document);
        }

        new Random(options.Seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(train));
        return new Corpus(options, train, validation, evaluation);
    }

    /// <summary>Tells whether a question is one that the corpus keeps for evaluation.</summary>
    internal static Predicate<string> Asked(Corpus corpus)
    {
        var asked = Questions(corpus.Evaluation);
        return question => IsAsked(asked, question);
    }

    private static HashSet<string> Questions(IEnumerable<EvaluationCase> evaluation) =>
        evaluation.Select(test => Normalized(test.Prompt[^1].Content)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Lower case, letters and digits only, one blank between words: two texts that differ less are the same text.</summary>
    internal static string Normalized(string text)
    {
        var normalized = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter) || letter is '+' or '-' or '*')
                normalized.Append(char.ToLowerInvariant(letter));
            else if (normalized.Length > 0 && normalized[^1] != ' ')
                normalized.Append(' ');
        }

        return normalized.ToString().TrimEnd();
    }

    // Share of the characters of plain text and of those of chats; each kind has as many.
    private static (IDocumentSource Source, double Share)[] Parts()
    {
        var (world, wordings) = (World.Alice, Wordings.All);
        var stories = new Stories(world, wordings);
        var facts = new FactChats(world, wordings);
        var tools = new ToolChats(world, wordings, facts);
        return
        [
            (new FactDocuments(world, wordings), 0.26),
            (stories, 0.15),
            (new Analogies(world, wordings), 0.07),
            (new Inflections(world, wordings), 0.10),
            (new OpenText(), 0.05),
            (new GlossaryDocuments(), 0.035),
            (new ArithmeticDocuments(wordings), 0.03),
            (new SequenceDocuments(), 0.025),
            (new WorkedDocuments(), 0.17),
            (new ContextDocuments(world, wordings), 0.12),
            (new SpellingDocuments(wordings), 0.04),
            (new JsonDocuments(world, wordings), 0.02),
            (new RewritingDocuments(world, wordings), 0.02),
            (facts, 0.20),
            (new GlossaryChats(wordings), 0.05),
            (new Dialogues(wordings, stories), 0.04),
            (new Unknowns(world, wordings), 0.02),
            (new SequenceChats(wordings), 0.015),
            (new ArithmeticChats(wordings), 0.015),
            (new ThinkingChats(wordings), 0.14),
            (tools, 0.15),
            (new PlanChats(wordings, tools), 0.08),
            (new PageChats(world, wordings, tools), 0.03),
            (new MemoryChats(world, wordings), 0.14),
            (new SkillChats(world, wordings), 0.10),
            (new JsonChats(world, wordings), 0.07),
            (new LetterChats(wordings), 0.06),
        ];
    }

    private static bool Belongs(IDocumentSource source, CorpusPhase phase) =>
        phase == CorpusPhase.Mixed || source.IsChat == (phase == CorpusPhase.Chat);

    private static List<Document> Take(IDocumentSource source, double characters, int seed)
    {
        var random = new Random(HashCode(source.Part) ^ seed);
        var documents = new List<Document>();
        foreach (var document in source.Generate(random))
        {
            documents.Add(document);
            characters -= document.Text.Length;
            if (characters <= 0)
                break;
        }

        return documents;
    }

    private static bool HoldsOneOf(HashSet<string> asked, Document document) => document.IsChat
        ? document.Messages.Any(message => message.Role == "user" && IsAsked(asked, message.Content))
        : document.Part == "facts" && document.Text.Contains('?') && document.Text.Split('\n').Any(line => line.EndsWith('?') && IsAsked(asked, line));

    // A prefix such as "Hi Alice!" or "Q:" does not make another question of it.
    private static bool IsAsked(HashSet<string> asked, string question)
    {
        var text = Normalized(question);
        if (asked.Contains(text))
            return true;
        for (var (words, at) = (0, text.IndexOf(' ')); at >= 0 && words < 5; words++, at = text.IndexOf(' ', at + 1))
        {
            if (asked.Contains(text[(at + 1)..]))
                return true;
        }

        return false;
    }

    // Equal texts have equal hashes, so a text never stands on both sides. Short ones are facts that must be learned.
    private static bool IsForValidation(Document document) =>
        document.Text.Length >= ShortestValidationText && (uint)HashCode(Normalized(document.Text)) % 100 == 0;

    // FNV-1a: string.GetHashCode differs from run to run.
    internal static int HashCode(string text)
    {
        var hash = 2166136261;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619;
        return (int)hash;
    }
}
