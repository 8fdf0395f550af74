namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>The files below tiers/ do not make a curriculum. The message names file and entry.</summary>
public sealed class CurriculumException : Exception
{
    /// <summary>Refuses without a reason; prefer the overload with a message.</summary>
    public CurriculumException() : this("The curriculum is broken.")
    {
    }

    /// <summary>Refuses for the reason given.</summary>
    public CurriculumException(string message) : base(message)
    {
    }

    /// <summary>Refuses for the reason given, keeping the exception that found it.</summary>
    public CurriculumException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
