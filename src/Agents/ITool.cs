using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents;

/// <summary>An action that a model can call. The model then reads its result.</summary>
public interface ITool : IToolSignature
{
    /// <param name="arguments">A value for each parameter.</param>
    /// <returns>The text that the model reads.</returns>
    /// <exception cref="ToolException">The tool cannot use these arguments.</exception>
    string Invoke(IReadOnlyDictionary<string, string> arguments);
}

/// <summary>A tool cannot do what the call asks. The model reads the message instead of a result.</summary>
public sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
