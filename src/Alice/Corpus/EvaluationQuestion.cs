using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice;

/// <summary>What a case of the evaluation asks. No training document asks it too.</summary>
/// <param name="Ability">What is measured, such as "facts".</param>
/// <param name="Topic">The kind of case, such as "country.capital".</param>
/// <param name="Messages">The turns that the model answers.</param>
public sealed record EvaluationQuestion(string Ability, string Topic, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>The questions of the published figures, of all abilities.</summary>
    internal static IReadOnlyList<EvaluationQuestion> All { get; } = [.. AbilityList.All.SelectMany(ability =>
        ability.Cases(EvaluationOptions.PublishedSeed).Select(test => new EvaluationQuestion(ability.Name, test.Topic, test.Messages)))];
}
