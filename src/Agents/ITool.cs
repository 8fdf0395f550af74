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
