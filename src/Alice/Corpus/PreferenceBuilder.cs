using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>Builds the preference pairs of the last phase of training, out of seeded generators.</summary>
public static class PreferenceBuilder
{
    private const double PairsAtScaleOne = 5_000;
    private const int HeldOutOneIn = 40;

    /// <summary>All pairs, shuffled; the same options always give the same pairs.</summary>
    /// <param name="options">Seed and scale are read.</param>
    /// <remarks>Pairs that ask what the evaluation asks are left out.</remarks>
    internal static (IReadOnlyList<Preference> Train, IReadOnlyList<Preference> Validation) Build(CorpusOptions options)
    {
        var asked = new AskedQuestions(EvaluationQuestion.All);
        var exam = new HeldOutWordings();
        var pairs = Sources().SelectMany(part => part.Source
            .Generate(new Random(CorpusBuilder.HashCode(part.Source.Part) ^ options.Seed))
            .Take((int)Math.Ceiling(part.Share * PairsAtScaleOne * options.Scale))
            .Where(pair => !asked.AreIn(pair.Prompt) && !exam.AreIn(pair.Prompt))).ToArray();
        new Random(options.Seed).Shuffle(pairs);
        // By its text, so that a pair that comes twice does not stand on both sides.
        var parts = pairs.ToLookup(pair => (uint)CorpusBuilder.HashCode(pair.Prompt[^1].Content + pair.Chosen) % HeldOutOneIn == 0);
        return ([.. parts[false]], [.. parts[true]]);
    }

    // Shares sum to 1.
    private static (IPreferenceSource Source, double Share)[] Sources()
    {
        var (world, wordings) = (World.Alice, Wordings.All);
        var tools = new ToolChats(world, wordings, new FactChats(world, wordings));
        return
        [
            (new HonestyPreferences(world, wordings), 0.35),
            (new InjectionPreferences(world, wordings, new PageChats(world, wordings, tools)), 0.35),
            (new ToolPreferences(world, wordings, tools), 0.2),
            (new SkillPreferences(world, wordings), 0.1),
        ];
    }
}

/// <summary>Two answers to the same conversation, one of them better.</summary>
/// <param name="Prompt">The turns so far; the last is the user's or a tool's.</param>
/// <param name="Chosen">The better assistant turn, as she writes it: thoughts and calls included, without the end of the turn.</param>
/// <param name="Rejected">The worse one.</param>
public sealed record Preference(IReadOnlyList<ChatMessage> Prompt, string Chosen, string Rejected);

/// <summary>Makes one part of the preference pairs. The builder takes as many as the part's share holds.</summary>
internal interface IPreferenceSource
{
    /// <summary>Name of the part.</summary>
    string Part { get; }

    /// <summary>Pairs without end; the same random source gives the same pairs.</summary>
    IEnumerable<Preference> Generate(Random random);
}
