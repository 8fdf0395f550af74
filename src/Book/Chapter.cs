using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.Book;

/// <summary>A rabbit hole that is written: its notebook, and the page that shows it.</summary>
/// <param name="Hole">Where it is on the map.</param>
/// <param name="Notebook">The stored notebook, with the outputs of its last run.</param>
internal sealed record Chapter(RabbitHole Hole, Notebook Notebook)
{
    /// <summary>The page's file name.</summary>
    public string File => BookBuilder.PageOf(Hole);
}
