using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Jupyter.Messages;

/// <summary>Encodes Jupyter messages as signed frames and decodes them.</summary>
/// <remarks>
/// https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
/// <code>
/// identities ... | "&lt;IDS|MSG>" | signature | header | parent header | metadata | content | buffers ...
/// </code>
/// </remarks>
internal sealed class MessageWire(string key)
{
    /// <summary>The version of Jupyter's protocol.</summary>
    public const string Protocol = "5.4";

    private const int Parts = 4;

    /// <summary>These messages are never inserted into a web page directly, so markup in them needs no escapes.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MessageSigner _signer = new(key);
    private readonly SeenSignatures _seen = new();

    /// <summary>The id of this run of the kernel, sent in every header.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("N");

    private static ReadOnlySpan<byte> Delimiter => "<IDS|MSG>"u8;

    /// <summary>A message that answers the one with the header <paramref name="parent"/>; an empty header means no parent.</summary>
    public IReadOnlyList<byte[]> Encode(
        IReadOnlyList<byte[]> identities, string type, byte[] parent, JsonObject content, JsonObject? metadata = null)
    {
        byte[][] parts = [Bytes(HeaderOf(type)), parent.Length > 0 ? parent : "{}"u8.ToArray(), Bytes(metadata ?? []), Bytes(content)];
        return [.. identities, Delimiter.ToArray(), _signer.Sign(parts), .. parts];
    }

    /// <summary>The request in a message's frames.</summary>
    /// <exception cref="FormatException">The message must be dropped; the exception says why.</exception>
    public JupyterRequest Decode(IReadOnlyList<byte[]> frames)
    {
        var at = frames.TakeWhile(frame => !frame.AsSpan().SequenceEqual(Delimiter)).Count();
        if (frames.Count < at + 2 + Parts)
            throw new FormatException("it does not have the parts of a Jupyter message");
        byte[][] parts = [.. frames.Skip(at + 2).Take(Parts)];
        Verify(frames[at + 1], parts);
        var header = Parse(parts[0], "header");
        var (content, fault) = Content(parts[3]);
        return new JupyterRequest
        {
            Identities = [.. frames.Take(at)],
            Header = parts[0],
            Type = header["msg_type"] is JsonValue type && type.TryGetValue<string>(out var name)
                ? name
                : throw new FormatException("its header names no msg_type"),
            Content = content,
            Fault = fault,
        };
    }

    private void Verify(byte[] signature, byte[][] parts)
    {
        if (_signer.Signs && signature.Length == 0)
            throw new FormatException("it is not signed");
        if (!_signer.Accepts(signature, parts))
            throw new FormatException("its signature does not match its parts and the key of the connection file");
        if (_signer.Signs && !_seen.Add(signature))
            throw new FormatException("the same message has arrived before");
    }

    /// <summary>A request with unreadable content is kept, because its sender waits for an answer.</summary>
    private static (JsonObject Content, string? Fault) Content(byte[] part)
    {
        try
        {
            return (Parse(part, "content"), null);
        }
        catch (FormatException unreadable)
        {
            return ([], $"The request can't be read: {unreadable.Message}.");
        }
    }

    private static JsonObject Parse(byte[] part, string name)
    {
        try
        {
            return StrictJson.ParseNode(part, name) as JsonObject ?? throw new FormatException($"its {name} is not a JSON object");
        }
        catch (JsonFileException broken)
        {
            throw new FormatException($"its {name} is not JSON: {broken.Reason.TrimEnd('.')}", broken);
        }
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(Plain));

    private JsonObject HeaderOf(string type) => new()
    {
        ["msg_id"] = Guid.NewGuid().ToString("N"),
        ["session"] = Session,
        ["username"] = "rabbit",
        ["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
        ["msg_type"] = type,
        ["version"] = Protocol,
    };
}
