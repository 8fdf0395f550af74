namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>One question of the series, and the notebook that answers it.</summary>
/// <param name="Id">Lower-case words joined by hyphens, unique in the curriculum.</param>
/// <param name="Title">What the map calls it.</param>
/// <param name="Question">What the reader wants to know, as a sentence.</param>
/// <param name="Tier">0 for the root, else 1 to 4: how far down it lies.</param>
/// <param name="Notebook">The notebook's path from the repository's root with "/" between folders; null while it is planned.</param>
/// <param name="Parent">The id of the hole it is entered from; null for the root.</param>
/// <param name="Prerequisites">Ids of the holes to have read before.</param>
/// <param name="Parts">The parts of the machine that it is about.</param>
public sealed record RabbitHole(
    string Id, string Title, string Question, int Tier, string? Notebook, string? Parent, IReadOnlyList<string> Prerequisites,
    IReadOnlyList<MachinePart> Parts);
