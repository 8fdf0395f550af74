using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Kernel;

/// <summary>What a kernel process is asked to do, one JSON object a line.</summary>
/// <remarks>
/// <code>
/// {"type":"execute","id":"a","code":"1 + 1"}
/// {"type":"interrupt"}
/// {"type":"shutdown"}
/// </code>
/// </remarks>
public abstract record KernelRequest
{
    /// <summary>The request as one line, without its newline.</summary>
    public string ToLine() => this switch
    {
        ExecuteRequest execute => new JsonObject { ["type"] = "execute", ["id"] = execute.Id, ["code"] = execute.Code }.ToJsonString(),
        InterruptRequest => """{"type":"interrupt"}""",
        ShutdownRequest => """{"type":"shutdown"}""",
        _ => throw new InvalidOperationException($"{GetType()} has no line."),
    };

    /// <summary>The request in <paramref name="line"/>.</summary>
    /// <exception cref="FormatException">The line is no request; the message says why.</exception>
    public static KernelRequest Parse(string line)
    {
        var json = ParseObject(line);
        return Text(json, "type") switch
        {
            "execute" => new ExecuteRequest(Text(json, "id"), Text(json, "code")),
            "interrupt" => new InterruptRequest(),
            "shutdown" => new ShutdownRequest(),
            var other => throw new FormatException($"The request's type is '{other}'; it must be execute, interrupt or shutdown."),
        };
    }

    private static JsonObject ParseObject(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw new FormatException("A request must be a JSON object on one line.");
        }
        catch (JsonException broken)
        {
            throw new FormatException($"A request must be a JSON object on one line: {broken.Message}", broken);
        }
    }

    private static string Text(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new FormatException($"The request has no text '{key}'.");
}

/// <summary>Run a cell, after those asked for before it.</summary>
/// <param name="Id">Chosen by the asker; every event of this cell carries it.</param>
/// <param name="Code">C# script.</param>
public sealed record ExecuteRequest(string Id, string Code) : KernelRequest;

/// <summary>Stop the cell that runs; one that does not run is not touched.</summary>
public sealed record InterruptRequest : KernelRequest;

/// <summary>End the process.</summary>
public sealed record ShutdownRequest : KernelRequest;
