using System.Text;
using LlmRabbitHoles.Alice.Exam;

namespace LlmRabbitHoles.Alice;

/// <summary>Builds the corpus that Alice learns from, out of seeded generators and the open text of the repository.</summary>
public static class CorpusBuilder
{
    private const double CharactersOfAKind = 40_000_000;
    private const int ShortestValidationText = 120;

    /// <summary>Builds the corpus; takes some seconds at scale 1 and needs no network.</summary>
    public static Corpus Build(CorpusOptions? options = null)
    {
        options ??= new CorpusOptions();
        var asked = new AskedQuestions(EvaluationQuestion.All);
        var exam = new HeldOutWordings();
        var train = new List<Document>();
        var validation = new List<Document>();
        foreach (var document in Parts().Where(part => Belongs(part.Source, options.Phase)).AsParallel().AsOrdered()
            .Select(part => Take(part.Source, part.Share * CharactersOfAKind * options.Scale, options.Seed)
                .FindAll(document => !exam.AreIn(document)))
            .AsEnumerable().SelectMany(part => part))
        {
            if (asked.AreIn(document))
                continue;
            (IsForValidation(document) ? validation : train).Add(document);
        }

        new Random(options.Seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(train));
        return new Corpus(options, train, validation, EvaluationQuestion.All) { LeftOut = exam.Found };
    }

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

    // How much of each, in shares of the characters of plain text; of chats, of which few characters are learned, there are three times as
    // many.
    private static (IDocumentSource Source, double Share)[] Parts()
    {
        var (world, wordings) = (World.Alice, Wordings.All);
        var stories = new Stories(world, wordings);
        var facts = new FactChats(world, wordings);
        var tools = new ToolChats(world, wordings, facts);
        return
        [
            (new FactDocuments(world, wordings), 0.18),
            (stories, 0.11),
            (new Analogies(world, wordings), 0.05),
            (new Inflections(world, wordings), 0.11),
            (new OpenText(), 0.05),
            (new OpenProse(), 0.25),
            (new GlossaryDocuments(), 0.035),
            (new ArithmeticDocuments(wordings), 0.03),
            (new SequenceDocuments(), 0.025),
            (new WorkedDocuments(), 0.13),
            (new ContextDocuments(world, wordings), 0.12),
            (new EchoDocuments(), 0.20),
            (new SpellingDocuments(wordings), 0.04),
            (new JsonDocuments(world, wordings), 0.02),
            (new RewritingDocuments(world, wordings), 0.02),
            (facts, 0.55),
            (new GlossaryChats(wordings), 0.16),
            (new Dialogues(wordings, stories), 0.22),
            (new Unknowns(world, wordings), 0.14),
            (new SequenceChats(wordings), 0.02),
            (new ArithmeticChats(wordings), 0.015),
            (new ThinkingChats(wordings), 0.30),
            (tools, 0.60),
            (new NewToolChats(world, wordings, tools), 0.70),
            (new PlanChats(world, wordings, tools), 0.70),
            (new PageChats(world, wordings, tools), 0.20),
            (new NamingChats(wordings), 0.08),
            (new MemoryChats(world, wordings), 0.45),
            (new LongRecollections(world, wordings), 0.90),
            (new SkillChats(world, wordings), 0.70),
            (new CapitalsChats(world, wordings), 0.08),
            (new JsonChats(world, wordings), 0.30),
            (new LetterChats(wordings), 0.20),
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

    // Equal texts have equal hashes, so a text never stands on both sides. Short ones are facts that must be learned.
    private static bool IsForValidation(Document document) => document.IsHeldOut ??
        document.Text.Length >= ShortestValidationText && Draws(document.Text, 100);

    /// <summary>Whether a text is among one in so many, chosen by the text alone.</summary>
    internal static bool Draws(string text, uint oneIn) => (uint)HashCode(Normalized(text)) % oneIn == 0;

    // FNV-1a: string.GetHashCode differs from run to run.
    internal static int HashCode(string text)
    {
        var hash = 2166136261;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619;
        return (int)hash;
    }
}
