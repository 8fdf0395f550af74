using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Jupyter.Messages;

/// <summary>A message from a front end.</summary>
internal sealed record JupyterRequest
{
    /// <summary>The address for the answer.</summary>
    public required IReadOnlyList<byte[]> Identities { get; init; }

    /// <summary>The received header, which becomes the parent header of every answer.</summary>
    public required byte[] Header { get; init; }

    /// <summary>"execute_request" and so on.</summary>
    public required string Type { get; init; }

    /// <summary>The content of the request.</summary>
    public required JsonObject Content { get; init; }

    /// <summary>Why the content can't be read; null when it can.</summary>
    public string? Fault { get; init; }

    /// <summary>1 for the first message on its channel.</summary>
    public long Position { get; init; }

    /// <summary>The text with that name in the content, or <paramref name="otherwise"/> when it is missing.</summary>
    public string Text(string name, string otherwise = "") =>
        Content[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : otherwise;

    /// <summary>The flag with that name in the content, or <paramref name="otherwise"/> when it is missing.</summary>
    public bool Flag(string name, bool otherwise) =>
        Content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    /// <summary>The number with that name in the content; null when it is missing.</summary>
    public int? Number(string name) => Content[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
