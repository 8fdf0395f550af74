namespace LlmRabbitHoles.Agents;

/// <summary>How a model is told which tools there are: as a chat template's <c>tools</c> variable, or as the lines that Alice's
/// template makes of it.</summary>
public static class ToolPrompt
{
    /// <summary>The tools as chat templates know them: a list of functions with a JSON schema of their parameters.</summary>
    public static IReadOnlyList<object?> Schemas(IEnumerable<ITool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return [.. tools.Select(Schema)];
    }

    /// <summary>The content of a system turn that offers tools, exactly as Alice's template writes it.</summary>
    /// <param name="system">What stands before the tools; empty if nothing.</param>
    /// <param name="tools">At least one.</param>
    public static string SystemText(string system, IEnumerable<ITool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        var lines = tools.Select(t => $"\n{t.Name}({string.Join(", ", t.Parameters)}): {t.Description}");
        return $"{system}{(string.IsNullOrEmpty(system) ? "" : "\n")}Tools:{string.Concat(lines)}";
    }

    private static Dictionary<string, object?> Schema(ITool tool) => new(StringComparer.Ordinal)
    {
        ["type"] = "function",
        ["function"] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["type"] = "object",
                ["properties"] = tool.Parameters.ToDictionary(
                    name => name, object? (_) => new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "string" }, StringComparer.Ordinal),
                ["required"] = tool.Parameters.Cast<object?>().ToList(),
            },
        },
    };
}
