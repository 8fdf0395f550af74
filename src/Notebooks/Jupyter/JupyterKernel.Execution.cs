using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;

namespace LlmRabbitHoles.Notebooks.Jupyter;

public sealed partial class JupyterKernel
{
    /// <summary>Cells up to this position were sent before one failed, and are not run for that.</summary>
    private long _abortedUpTo = -1;

    private async Task<JsonObject?> ExecuteAsync(JupyterRequest request)
    {
        if (request.Position <= _abortedUpTo)
            return new() { ["status"] = "aborted", ["execution_count"] = _session.ExecutionCount };
        var (code, silent) = (request.Text("code"), request.Flag("silent", otherwise: false));
        var counts = !silent && request.Flag("store_history", otherwise: true);
        if (!silent)
            PublishInput(request, code, counts);

        ErrorOutput? error = null;
        string? result = null;
        using var run = _running.Start(request);
        var outcome = counts
            ? await _session.ExecuteAsync(code, Show, run.Interrupted)
            : await _session.ExecuteUncountedAsync(code, Show, run.Interrupted);
        if (counts && outcome.ExecutionCount is { } count)
            _history.Add(count, code, result);
        if (error is null)
            return await SuccessAsync(request, run.Interrupted);
        if (request.Flag("stop_on_error", otherwise: true))
            _abortedUpTo = _channels.LastOnShell;
        return Failure(error);

        void Show(CellOutput output)
        {
            error = output as ErrorOutput ?? error;
            result = (output as ResultOutput)?.Data[MimeBundle.PlainText] ?? result;
            if (!silent)
                Publish(request, output);
        }
    }

    private void PublishInput(JupyterRequest request, string code, bool counts)
    {
        var count = _session.ExecutionCount + (counts && !string.IsNullOrWhiteSpace(code) ? 1 : 0);
        _channels.Publish("execute_input", request.Header, new() { ["code"] = code, ["execution_count"] = count });
    }

    private void Publish(JupyterRequest request, CellOutput output)
    {
        var (type, content) = JupyterContent.Of(output);
        _channels.Publish(type, request.Header, content);
    }

    private async Task<JsonObject> SuccessAsync(JupyterRequest request, CancellationToken interrupted) => new()
    {
        ["status"] = "ok",
        ["execution_count"] = _session.ExecutionCount,
        ["user_expressions"] = await EvaluateAsync(request.Content["user_expressions"] as JsonObject ?? [], interrupted),
        ["payload"] = new JsonArray(),
    };

    private JsonObject Failure(ErrorOutput error)
    {
        var content = JupyterContent.Of(error);
        content["status"] = "error";
        content["execution_count"] = _session.ExecutionCount;
        content["user_expressions"] = new JsonObject();
        content["payload"] = new JsonArray();
        return content;
    }

    /// <summary>What a front end wants to know beside the cell: each expression's value, or why it has none.</summary>
    private async Task<JsonObject> EvaluateAsync(JsonObject expressions, CancellationToken interrupted)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in expressions)
            values[name] = await EvaluateAsync(expression?.ToString() ?? "", interrupted);
        return values;
    }

    private async Task<JsonObject> EvaluateAsync(string expression, CancellationToken interrupted)
    {
        var value = new JsonObject { ["status"] = "ok", ["data"] = new JsonObject(), ["metadata"] = new JsonObject() };
        await _session.ExecuteUncountedAsync(expression, Take, interrupted);
        return value;

        void Take(CellOutput output)
        {
            if (output is ResultOutput result)
                value["data"] = result.Data.ToJson();
            if (output is ErrorOutput error)
                value = JupyterContent.Failure(error.Name, error.Value);
        }
    }
}
