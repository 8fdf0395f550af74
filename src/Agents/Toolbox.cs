using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents;

/// <summary>The tools that a model may call, by name.</summary>
/// <param name="tools">Tools with different names.</param>
public sealed class Toolbox(IReadOnlyList<ITool> tools)
{
    /// <summary>No tools.</summary>
    public static Toolbox Empty { get; } = new([]);

    /// <summary>In the order in which they are offered.</summary>
    public IReadOnlyList<ITool> Tools { get; } = tools;

    /// <summary>Runs the tool that a call names.</summary>
    /// <returns>The tool's result, or a sentence that says why there is none; the model reads either.</returns>
    public string Invoke(ToolCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (Tools.FirstOrDefault(t => t.Name == call.Name) is not { } tool) return $"There is no tool {call.Name}.";
        if (tool.Parameters.FirstOrDefault(p => !call.Arguments.ContainsKey(p)) is { } missing)
            return $"The argument {missing} is missing.";
        try
        {
            return tool.Invoke(call.Arguments);
        }
        catch (ToolException error)
        {
            return error.Message;
        }
    }
}
