using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents;

/// <summary>The tools that a model may call, found by name.</summary>
/// <param name="tools">Their names differ.</param>
public sealed class Toolbox(IReadOnlyList<ITool> tools)
{
    /// <summary>No tools.</summary>
    public static Toolbox Empty { get; } = new([]);

    /// <summary>The tools in the order in which the model reads them.</summary>
    public IReadOnlyList<ITool> Tools { get; } = tools;

    /// <summary>Runs the called tool.</summary>
    /// <returns>The tool's result, or a sentence that says what is wrong with the call. The model reads either one.</returns>
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
