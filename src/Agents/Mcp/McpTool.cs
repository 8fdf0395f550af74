using System.Text.Json;
using LlmRabbitHoles.Agents.Tools;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace LlmRabbitHoles.Agents.Mcp;

/// <summary>A tool that a server of the Model Context Protocol offers.</summary>
public sealed class McpTool : ITool
{
    private readonly McpClientTool _tool;
    private readonly SchemaArguments _arguments;

    internal McpTool(McpClientTool tool, string name) =>
        (_tool, Name, _arguments) = (tool, name, new SchemaArguments(tool.JsonSchema));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description => _tool.Description;

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters => _arguments.Names;

    /// <inheritdoc/>
    public JsonElement? Schema => _tool.JsonSchema;

    /// <inheritdoc/>
    public string Invoke(IReadOnlyDictionary<string, string> arguments) =>
        InvokeAsync(arguments, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    /// <exception cref="ToolException">The arguments do not fit, or the server answers with an error.</exception>
    public async Task<string> InvokeAsync(IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var values = _arguments.Read(arguments).ToDictionary(a => a.Key, a => (object?)a.Value, StringComparer.Ordinal);
        var result = await _tool.CallAsync(values, cancellationToken: cancellationToken).ConfigureAwait(false);
        var text = string.Join('\n', result.Content.Select(Text));
        return result.IsError == true ? throw new ToolException(text) : text;
    }

    /// <summary>The same tool under another name; the server still knows it by its own.</summary>
    internal McpTool Renamed(string name) => new(_tool, name);

    private static string Text(ContentBlock block) => block is TextContentBlock text ? text.Text : $"[{block.Type}]";
}
