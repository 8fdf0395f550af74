using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>A question in a wording that no training document holds.</summary>
/// <param name="Ability">What is tested, such as "facts".</param>
/// <param name="Topic">The kind of fact asked for, such as "country.capital".</param>
/// <param name="Prompt">The turns that the model answers.</param>
/// <param name="Accepted">An answer is right when it contains one of these as whole words, in any case.</param>
public sealed record EvaluationCase(
    string Ability, string Topic, IReadOnlyList<ChatMessage> Prompt, IReadOnlyList<string> Accepted)
{
    /// <summary>Whether an answer contains one of the accepted answers as whole words.</summary>
    public bool Accepts(string answer) => Accepted.Any(accepted => ContainsWords(answer, accepted));

    private static bool ContainsWords(string text, string words)
    {
        for (var at = 0; (at = text.IndexOf(words, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + words.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }
}
