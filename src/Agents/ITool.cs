using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents;

/// <summary>Something a model can ask to be done, and whose result it then reads.</summary>
public interface ITool : IToolSignature
{
    /// <summary>Does it.</summary>
    /// <param name="arguments">A value for each parameter.</param>
    /// <returns>What the model reads.</returns>
    /// <exception cref="ToolException">The arguments make no sense to the tool.</exception>
    string Invoke(IReadOnlyDictionary<string, string> arguments);
}

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
