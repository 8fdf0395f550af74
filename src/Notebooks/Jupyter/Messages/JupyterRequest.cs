using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Jupyter.Messages;

/// <summary>A message from a front end.</summary>
internal sealed record JupyterRequest
{
    /// <summary>Where the answer goes.</summary>
    public required IReadOnlyList<byte[]> Identities { get; init; }

    /// <summary>The header as it came: the parent header of every answer.</summary>
    public required byte[] Header { get; init; }

    /// <summary>"execute_request" and so on.</summary>
    public required string Type { get; init; }

    /// <summary>What is asked.</summary>
    public required JsonObject Content { get; init; }

    /// <summary>Why the content can't be read; null when it can.</summary>
    public string? Fault { get; init; }

    /// <summary>1 for the first message on its channel.</summary>
    public long Position { get; init; }

    /// <summary>The content's text of that name, or <paramref name="otherwise"/> when it has none.</summary>
    public string Text(string name, string otherwise = "") =>
        Content[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : otherwise;

    /// <summary>The content's flag of that name.</summary>
    public bool Flag(string name, bool otherwise) =>
        Content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    /// <summary>The content's number of that name; null when it has none.</summary>
    public int? Number(string name) => Content[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
