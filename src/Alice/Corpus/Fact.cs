namespace LlmRabbitHoles.Alice;

/// <summary>One thing that is so in the closed world: the capital of Italy is Rome.</summary>
/// <param name="Topic">Names its wordings: rules "country.capital.statement", "country.capital.question" and so on.</param>
/// <param name="Subject">What it is about: Italy.</param>
/// <param name="Answer">What is told: Rome.</param>
/// <param name="Slots">Everything known of the subject, by column.</param>
internal sealed record Fact(string Topic, string Subject, string Answer, Slots Slots)
{
    public string Statement => Topic + ".statement";

    public string Question => Topic + ".question";

    public string HeldOut => Topic + ".held-out";

    /// <summary>A sentence for the middle of a paragraph, which may say "it" or "she"; not every topic has one.</summary>
    public string Follow => Topic + ".follow";
}
