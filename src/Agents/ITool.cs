using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents;

/// <summary>An action that a model can call. The model then reads its result.</summary>
public interface ITool : IToolSignature
{
    /// <param name="arguments">A value for each parameter; what is not a text stands as JSON.</param>
    /// <returns>The text that the model reads.</returns>
    /// <exception cref="ToolException">The tool cannot use these arguments.</exception>
    string Invoke(IReadOnlyDictionary<string, string> arguments);

    /// <summary>Runs beside other calls of the same turn, so a tool with state of its own must guard it. Default: <see cref="Invoke"/>
    /// on a thread of the pool.</summary>
    /// <param name="arguments">A value for each parameter; what is not a text stands as JSON.</param>
    /// <param name="cancellationToken">Nobody waits for the result any longer.</param>
    /// <exception cref="ToolException">The tool cannot use these arguments.</exception>
    Task<string> InvokeAsync(IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken) =>
        Task.Run(() => Invoke(arguments), cancellationToken);
}

/// <summary>A tool cannot do what the call asks. The model reads the message instead of a result.</summary>
public sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
