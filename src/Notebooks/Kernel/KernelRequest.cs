using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Kernel;

/// <summary>What a kernel process is asked to do, one JSON object a line.</summary>
/// <remarks>
/// <code>
/// {"type":"execute","id":"a","code":"1 + 1"}
/// {"type":"complete","id":"b","code":"Console.Wri","cursor":11}
/// {"type":"inspect","id":"c","code":"Console.WriteLine","cursor":11}
/// {"type":"isComplete","id":"d","code":"int F() {"}
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
        CompleteRequest complete => Question("complete", complete.Id, complete.Code, complete.Cursor),
        InspectRequest inspect => Question("inspect", inspect.Id, inspect.Code, inspect.Cursor),
        IsCompleteRequest isComplete => new JsonObject { ["type"] = "isComplete", ["id"] = isComplete.Id, ["code"] = isComplete.Code }.ToJsonString(),
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
            "complete" => new CompleteRequest(Text(json, "id"), Text(json, "code"), Number(json, "cursor")),
            "inspect" or "hover" => new InspectRequest(Text(json, "id"), Text(json, "code"), Number(json, "cursor")),
            "isComplete" => new IsCompleteRequest(Text(json, "id"), Text(json, "code")),
            "interrupt" => new InterruptRequest(),
            "shutdown" => new ShutdownRequest(),
            var other => throw new FormatException($"The request's type is '{other}'; it must be execute, complete, inspect, isComplete, interrupt or shutdown."),
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

    private static string Question(string type, string id, string code, int cursor) =>
        new JsonObject { ["type"] = type, ["id"] = id, ["code"] = code, ["cursor"] = cursor }.ToJsonString();

    private static int Number(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<int>(out var number)
            ? number
            : throw new FormatException($"The request has no whole number '{key}'.");

    private static string Text(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new FormatException($"The request has no text '{key}'.");
}

/// <summary>Run a cell, after those asked for before it.</summary>
/// <param name="Id">Chosen by the asker; every event of this cell carries it.</param>
/// <param name="Code">C# script.</param>
public sealed record ExecuteRequest(string Id, string Code) : KernelRequest;

/// <summary>Propose how code may go on. Answered at once, also while a cell runs.</summary>
/// <param name="Id">Chosen by the asker; the answer carries it.</param>
/// <param name="Code">A cell, finished or not.</param>
/// <param name="Cursor">In UTF-16 units from the start.</param>
public sealed record CompleteRequest(string Id, string Code, int Cursor) : KernelRequest;

/// <summary>Say what stands at a place in code. Answered at once, also while a cell runs.</summary>
/// <param name="Id">Chosen by the asker; the answer carries it.</param>
/// <param name="Code">A cell, finished or not.</param>
/// <param name="Cursor">In UTF-16 units from the start.</param>
public sealed record InspectRequest(string Id, string Code, int Cursor) : KernelRequest;

/// <summary>Say whether code can be run as it stands.</summary>
/// <param name="Id">Chosen by the asker; the answer carries it.</param>
/// <param name="Code">A cell, finished or not.</param>
public sealed record IsCompleteRequest(string Id, string Code) : KernelRequest;

/// <summary>Stop the cell that runs; one that does not run is not touched.</summary>
public sealed record InterruptRequest : KernelRequest;

/// <summary>End the process.</summary>
public sealed record ShutdownRequest : KernelRequest;
