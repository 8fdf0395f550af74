using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Language;

namespace LlmRabbitHoles.Notebooks.Kernel;

/// <summary>Kernel events as lines of JSON, and back.</summary>
/// <remarks>
/// Every line is an object whose first property is "type":
/// <code>
/// {"type":"ready","protocol":1,"process":4711}
/// {"type":"started","id":"a"}
/// {"type":"stream","id":"a","name":"stdout","text":"..."}
/// {"type":"display","id":"a","data":{"text/plain":"..."},"metadata":{},"display_id":"d"}
/// {"type":"update","id":"a","data":{"text/plain":"..."},"metadata":{},"display_id":"d"}
/// {"type":"result","id":"a","execution_count":1,"data":{"text/plain":"..."},"metadata":{}}
/// {"type":"error","id":"a","name":"System.Exception","value":"...","traceback":["..."]}
/// {"type":"finished","id":"a","ok":true,"execution_count":1,"elapsed_ms":12.3}
/// {"type":"unstoppable","id":"a","message":"..."}
/// {"type":"refused","message":"..."}
/// {"type":"completions","id":"b","start":8,"end":11,"items":[{"text":"Write","kind":"method","detail":"..."}]}
/// {"type":"inspection","id":"c","signature":"...","documentation":"...","markdown":"..."}
/// {"type":"completeness","id":"d","status":"incomplete","indent":"    "}
/// </code>
/// Native code may write to the same file descriptor; whatever does not parse as an event is such output.
/// </remarks>
public static class EventLine
{
    private const string Start = "{\"type\":\"";

    /// <summary>Nobody puts these lines into a web page as they stand, so markup in them needs no escapes.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event as one line, without its newline.</summary>
    public static string Write(KernelEvent kernelEvent) => ToJson(kernelEvent).ToJsonString(Plain);

    /// <summary>The events in a line read from a kernel: one, or two when native output stands before it on the same line.</summary>
    public static IEnumerable<KernelEvent> Read(string line)
    {
        for (var at = line.IndexOf(Start, StringComparison.Ordinal); at >= 0; at = line.IndexOf(Start, at + 1, StringComparison.Ordinal))
        {
            if (TryParse(line[at..]) is { } kernelEvent)
                return at == 0 ? [kernelEvent] : [Native(line[..at]), kernelEvent];
        }

        return [Native(line + "\n")];
    }

    private static CellShowed Native(string text) => new(null, new StreamOutput("stdout", text));

    private static JsonObject ToJson(KernelEvent kernelEvent) => kernelEvent switch
    {
        KernelReady ready => new() { ["type"] = "ready", ["protocol"] = ready.Protocol, ["process"] = ready.Process },
        CellStarted started => new() { ["type"] = "started", ["id"] = started.Id },
        CellShowed { Output: StreamOutput stream } showed =>
            new() { ["type"] = "stream", ["id"] = showed.Id, ["name"] = stream.Name, ["text"] = stream.Text },
        CellShowed { Output: DisplayOutput display } showed =>
            Displayed(showed.Id, display),
        CellShowed { Output: ResultOutput result } showed => new()
        {
            ["type"] = "result", ["id"] = showed.Id, ["execution_count"] = result.ExecutionCount, ["data"] = result.Data.ToJson(),
            ["metadata"] = result.Metadata.DeepClone(),
        },
        CellShowed { Output: ErrorOutput error } showed => new()
        {
            ["type"] = "error", ["id"] = showed.Id, ["name"] = error.Name, ["value"] = error.Value,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(text => (JsonNode)text)]),
        },
        CellFinished finished => new()
        {
            ["type"] = "finished", ["id"] = finished.Id, ["ok"] = finished.Succeeded, ["execution_count"] = finished.ExecutionCount,
            ["elapsed_ms"] = Math.Round(finished.Elapsed.TotalMilliseconds, 3),
        },
        CellUnstoppable unstoppable => new() { ["type"] = "unstoppable", ["id"] = unstoppable.Id, ["message"] = unstoppable.Message },
        RequestRefused refused => new() { ["type"] = "refused", ["message"] = refused.Message },
        CompletionsFound found => new()
        {
            ["type"] = "completions", ["id"] = found.Id, ["start"] = found.List.Start, ["end"] = found.List.End,
            ["items"] = new JsonArray([.. found.List.Items.Select(item =>
                (JsonNode)new JsonObject { ["text"] = item.Text, ["kind"] = item.Kind, ["detail"] = item.Detail })]),
        },
        Inspected { Found: { } found } inspected => new()
        {
            ["type"] = "inspection", ["id"] = inspected.Id, ["signature"] = found.Signature, ["documentation"] = found.Documentation,
            ["markdown"] = found.MarkdownDocumentation,
        },
        Inspected nothing => new() { ["type"] = "inspection", ["id"] = nothing.Id },
        CompletenessTold told => new()
        {
            ["type"] = "completeness", ["id"] = told.Id, ["status"] = told.Answer.Status.ToString().ToLowerInvariant(),
            ["indent"] = told.Answer.Indent,
        },
        _ => throw new ArgumentException($"{kernelEvent.GetType()} has no line.", nameof(kernelEvent)),
    };

    private static JsonObject Displayed(string? id, DisplayOutput display)
    {
        var json = new JsonObject
        {
            ["type"] = display.IsUpdate ? "update" : "display", ["id"] = id, ["data"] = display.Data.ToJson(), ["metadata"] = display.Metadata.DeepClone(),
        };
        if (display.DisplayId is not null)
            json["display_id"] = display.DisplayId;
        return json;
    }

    private static KernelEvent? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject json ? FromJson(json) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return null;
        }
    }

    private static KernelEvent? FromJson(JsonObject json)
    {
        string Text(string key) => json[key]!.GetValue<string>();
        CellShowed Showed(CellOutput output) => new(json["id"]?.GetValue<string>(), output);
        int? Count() => json["execution_count"]?.GetValue<int>();
        MimeBundle Data() => MimeBundle.FromJson(json["data"]!.AsObject());
        JsonObject Metadata() => (JsonObject)json["metadata"]!.DeepClone();

        return Text("type") switch
        {
            "ready" => new KernelReady(json["protocol"]!.GetValue<int>(), json["process"]!.GetValue<int>()),
            "started" => new CellStarted(Text("id")),
            "stream" => Showed(new StreamOutput(Text("name"), Text("text"))),
            "display" or "update" => Showed(new DisplayOutput(Data(), Metadata())
            {
                DisplayId = json["display_id"]?.GetValue<string>(), IsUpdate = Text("type") == "update",
            }),
            "result" => Showed(new ResultOutput(Count(), Data(), Metadata())),
            "error" => Showed(new ErrorOutput(
                Text("name"), Text("value"), [.. json["traceback"]!.AsArray().Select(line => line!.GetValue<string>())])),
            "finished" => new CellFinished(
                Text("id"), json["ok"]!.GetValue<bool>(), Count(), TimeSpan.FromMilliseconds(json["elapsed_ms"]!.GetValue<double>())),
            "unstoppable" => new CellUnstoppable(Text("id"), Text("message")),
            "refused" => new RequestRefused(Text("message")),
            "completions" => new CompletionsFound(Text("id"), new CompletionList(
                json["start"]!.GetValue<int>(), json["end"]!.GetValue<int>(),
                [.. json["items"]!.AsArray().Select(item => new CompletionItem(
                    item!["text"]!.GetValue<string>(), item["kind"]!.GetValue<string>(), item["detail"]!.GetValue<string>()))])),
            "inspection" => new Inspected(
                Text("id"), json["signature"] is null ? null : new Inspection(Text("signature"), Text("documentation"), Text("markdown"))),
            "completeness" when Enum.TryParse<CompletenessStatus>(Text("status"), ignoreCase: true, out var status) =>
                new CompletenessTold(Text("id"), new Completeness(status, Text("indent"))),
            _ => null,
        };
    }
}
