namespace LlmRabbitHoles.Chat;

/// <summary>Tools as chat templates know them.</summary>
public static class ToolSchemas
{
    /// <summary>The template's variable <c>tools</c>: a list of functions, each with a JSON schema of its parameters.</summary>
    public static IReadOnlyList<object?> Of(IEnumerable<IToolSignature> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return [.. tools.Select(Of)];
    }

    private static Dictionary<string, object?> Of(IToolSignature tool) => new(StringComparer.Ordinal)
    {
        ["type"] = "function",
        ["function"] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = tool.Schema is { } schema ? schema : Texts(tool.Parameters),
        },
    };

    private static Dictionary<string, object?> Texts(IReadOnlyList<string> parameters) => new(StringComparer.Ordinal)
    {
        ["type"] = "object",
        ["properties"] = parameters.ToDictionary(
            name => name, object? (_) => new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "string" },
            StringComparer.Ordinal),
        ["required"] = parameters.Cast<object?>().ToList(),
    };
}
