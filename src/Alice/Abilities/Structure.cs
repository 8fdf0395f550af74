using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Answering with one JSON object of the form that the system message gives, with the right values.</summary>
public sealed class Structure : IAbility
{
    private const int Count = 300, Natural = 105;

    /// <inheritdoc/>
    public string Name => "structure";

    /// <inheritdoc/>
    public Baseline Baseline => Baseline.None;

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> Cases(int seed)
    {
        var (random, forms) = (new Random(seed), new JsonForms(World.Alice, Wordings.All));
        return [.. Enumerable.Range(0, Count).Select(_ => Case(forms.Next(random, heldOut: true), forms, random))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<AbilityCase> NaturalCases(int seed) => FormExam.Cases(seed, Natural);

    private static AbilityCase Case(JsonForm form, JsonForms forms, Random random) => new(form.Kind,
        [new ChatMessage("system", forms.Request(form, random)), new ChatMessage("user", form.Text)],
        said => form.IsRight(said.Answer)) { Wanted = form.Answer };
}
