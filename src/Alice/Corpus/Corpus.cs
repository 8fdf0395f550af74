using System.Security.Cryptography;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>The text that a model learns from, and what is kept away from it to check what it learned.</summary>
public sealed class Corpus
{
    internal Corpus(
        CorpusOptions options,
        IReadOnlyList<Document> train,
        IReadOnlyList<Document> validation,
        IReadOnlyList<EvaluationQuestion> evaluation)
    {
        (Options, Train, Validation, Evaluation) = (options, train, validation, evaluation);
        Hash = HashOf(CorpusLines.All(this));
    }

    /// <summary>What the corpus was built from.</summary>
    public CorpusOptions Options { get; }

    /// <summary>What the model learns from, shuffled.</summary>
    public IReadOnlyList<Document> Train { get; }

    /// <summary>About one document in a hundred, for the loss on unseen text. None has the text of a training document.</summary>
    public IReadOnlyList<Document> Validation { get; }

    /// <summary>What the evaluation asks; no training document asks it.</summary>
    public IReadOnlyList<EvaluationQuestion> Evaluation { get; }

    /// <summary>How many documents were left out for each template of the exam, by its file and line.</summary>
    internal IReadOnlyDictionary<string, int> LeftOut { get; init; } = new Dictionary<string, int>();

    /// <summary>SHA-256 over the lines of the three parts, in lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The parts of the training documents, the largest first.</summary>
    public IReadOnlyList<CorpusPart> Parts => [.. Train
        .GroupBy(document => document.Part, StringComparer.Ordinal)
        .Select(part => new CorpusPart(part.Key, part.First().IsChat, part.Count(), part.Sum(document => (long)document.Text.Length)))
        .OrderByDescending(part => part.Characters)];

    private static string HashOf(IEnumerable<byte[]> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            hash.AppendData(line);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>How much of the training documents one generator made.</summary>
/// <param name="Name">Name of the part.</param>
/// <param name="IsChat">Whether it holds chats.</param>
/// <param name="Documents">How many documents.</param>
/// <param name="Characters">How many characters.</param>
public sealed record CorpusPart(string Name, bool IsChat, int Documents, long Characters);

/// <summary>What a case of the evaluation asks. No training document asks it too.</summary>
/// <param name="Ability">What is measured, such as "facts".</param>
/// <param name="Topic">The kind of case, such as "country.capital".</param>
/// <param name="Messages">The turns that the model answers.</param>
public sealed record EvaluationQuestion(string Ability, string Topic, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>The questions in trained wordings of the published figures and of those by which models are chosen, of all abilities.
    /// <see cref="Exam.HeldOutWordings"/> leaves out the natural ones.</summary>
    internal static IReadOnlyList<EvaluationQuestion> All { get; } =
        [.. Of(EvaluationOptions.PublishedSeed), .. Of(EvaluationOptions.SelectionSeed)];

    private static IEnumerable<EvaluationQuestion> Of(int seed) =>
        from ability in AbilityList.All
        where !ability.IsNaturalOnly
        from test in ability.Cases(seed)
        select new EvaluationQuestion(ability.Name, test.Topic, test.Messages);
}
