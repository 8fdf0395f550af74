namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>Thrown when the files below tiers/ do not make a curriculum. The message names file and entry.</summary>
public sealed class CurriculumException(string message, Exception? inner = null) : Exception(message, inner);
