namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>Normalizers one after another. Each may make a text longer, so together they could take all memory.</summary>
/// <param name="steps">In order.</param>
/// <param name="place">Where they stand.</param>
internal sealed class NormalizerSequence(IReadOnlyList<INormalizer> steps, TokenizerPlace place) : INormalizer
{
    public string Normalize(string text, int most)
    {
        foreach (var step in steps)
        {
            text = step.Normalize(text, most);
            if (text.Length > most) throw place.TooLong(most);
        }

        return text;
    }
}
