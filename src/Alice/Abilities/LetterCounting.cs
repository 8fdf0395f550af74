using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>
/// Counting a letter in a word whose letters she sees one by one, asked also of the whole word, whose letters its tokens hide.
/// </summary>
public sealed class LetterCounting : IAbility
{
    private const int Count = 300, Natural = 120, EachWay = 60;

    // So many whole words she may spell in her thoughts first.
    private const int Whole = 40;

    /// <inheritdoc/>
    public string Name => "letters";

    /// <inheritdoc/>
    public Baseline Baseline => Baseline.Contrast;

    /// <inheritdoc/>
    public string? BaselineName => "the whole word at once";

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> Cases(int seed)
    {
        var random = new Random(seed);
        return [.. random.Cycle(Letters.Untrained)
            .Take(Count).Select((word, index) => Case(Letters.Of(word, random), spelled: index >= Whole, random.Next()))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => LetterExam.Cases(seed, Natural);

    /// <inheritdoc/>
    public IReadOnlyList<Arm> NaturalArms(int seed) => LetterExam.Arms(seed, EachWay);

    // Both ask in the same wording.
    private static AbilityCase Case(Letters letters, bool spelled, int wording) => Asked(letters, spelled, wording) with
    {
        Contrast = Asked(letters, spelled: false, wording) with { MayThink = false },
    };

    private static AbilityCase Asked(Letters letters, bool spelled, int wording) => new(
        spelled ? "spelled" : "whole word",
        [new ChatMessage("user", letters.Question(spelled, Wordings.All, new Random(wording)))],
        said => said.Answer.HasWords(letters.Count.ToString())
            && !Others(letters).Any(said.Answer.HasWords)) { Wanted = letters.Count.ToString() };

    private static IEnumerable<string> Others(Letters letters) =>
        Enumerable.Range(0, 10).Where(count => count != letters.Count).Select(count => count.ToString());
}
