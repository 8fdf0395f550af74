using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents;

/// <summary>A function that a model can call, and whose result it then reads.</summary>
public interface ITool : IToolSignature
{
    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">A value for each parameter.</param>
    /// <returns>The text that the model reads.</returns>
    /// <exception cref="ToolException">The tool cannot use the arguments.</exception>
    string Invoke(IReadOnlyDictionary<string, string> arguments);
}

/// <summary>Thrown when a tool cannot use its arguments; the model reads the message instead of a result.</summary>
public sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
