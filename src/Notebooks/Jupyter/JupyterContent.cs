using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>What cells show, as the contents of Jupyter messages.</summary>
/// <remarks>https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-iopub-pub-sub-channel</remarks>
internal static class JupyterContent
{
    /// <summary>The type of message in which an output is published, and its content.</summary>
    public static (string Type, JsonObject Content) Of(CellOutput output) => output switch
    {
        StreamOutput stream => ("stream", new() { ["name"] = stream.Name, ["text"] = stream.Text }),
        DisplayOutput display => (display.IsUpdate ? "update_display_data" : "display_data", new()
        {
            ["data"] = display.Data.ToJson(), ["metadata"] = display.Metadata.DeepClone(),
            ["transient"] = display.DisplayId is { } id ? new JsonObject { ["display_id"] = id } : new JsonObject(),
        }),
        ResultOutput result => ("execute_result", new()
        {
            ["execution_count"] = result.ExecutionCount, ["data"] = result.Data.ToJson(), ["metadata"] = result.Metadata.DeepClone(),
        }),
        ErrorOutput error => ("error", Of(error)),
        _ => throw new ArgumentException($"{output.GetType()} has no Jupyter message.", nameof(output)),
    };

    /// <summary>An error's name, message and traceback.</summary>
    public static JsonObject Of(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Value,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
    };

    /// <summary>A reply that says why a request failed.</summary>
    public static JsonObject Failure(string name, string message)
    {
        var content = Of(new ErrorOutput(name, message, [$"{name}: {message}"]));
        content["status"] = "error";
        return content;
    }

    /// <summary>"busy" or "idle".</summary>
    public static JsonObject Status(string state) => new() { ["execution_state"] = state };
}
