namespace LlmRabbitHoles.Agents;

/// <summary>A tool that cannot do what it was asked; the message is what the model reads instead of a result.</summary>
public sealed class ToolException : Exception
{
    /// <summary>An error that says nothing.</summary>
    public ToolException() { }

    /// <summary>An error that says what is wrong.</summary>
    public ToolException(string message) : base(message) { }

    /// <summary>An error with its cause.</summary>
    public ToolException(string message, Exception innerException) : base(message, innerException) { }
}
