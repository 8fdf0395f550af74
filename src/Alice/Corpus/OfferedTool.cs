using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Alice;

/// <summary>A tool that is only offered: what it brings back is drawn with the task.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Description">What it does.</param>
/// <param name="Parameters">Their names in order.</param>
internal sealed record OfferedTool(string Name, string Description, IReadOnlyList<string> Parameters) : ITool
{
    public string Invoke(IReadOnlyDictionary<string, string> arguments) => throw new ToolException($"{Name} is not connected.");
}
