using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>A tool with prepared results, one for each expected call; any other call fails.</summary>
internal sealed class ScriptedTool(ITool form, IReadOnlyList<(ToolCall Call, string Result)> script) : ITool
{
    public string Name => form.Name;

    public string Description => form.Description;

    public IReadOnlyList<string> Parameters => form.Parameters;

    public string Invoke(IReadOnlyDictionary<string, string> arguments) =>
        script.FirstOrDefault(line => line.Call.IsSameAs(new ToolCall(Name, arguments))).Result
            ?? throw new ToolException("There is no result.");

    /// <summary>The tools offered, with the results of these calls; a calculator calculates.</summary>
    public static IReadOnlyList<ITool> For(IReadOnlyList<ITool> offered, IReadOnlyList<(ToolCall Call, string Result)> script) =>
        [.. offered.Select(tool => tool is Calculator ? tool : new ScriptedTool(tool, script))];
}
