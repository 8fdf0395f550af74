using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;
using LlmRabbitHoles.Notebooks.Kernels;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace LlmRabbitHoles.Notebooks.Jupyter;

public sealed partial class JupyterKernel
{
    /// <summary>The cells that have run, by the tokens of their commands: threads they left may produce output later.</summary>
    private readonly ConcurrentDictionary<string, Ran> _ran = new();
    private readonly IDisposable _outputs;
    private volatile JupyterRequest? _current;

    /// <summary>Cells up to this position were sent before one failed, so they are not run.</summary>
    private long _abortedUpTo = -1;

    private async Task<JsonObject?> ExecuteAsync(JupyterRequest request)
    {
        if (request.Position <= _abortedUpTo)
            return new() { ["status"] = "aborted", ["execution_count"] = _kernels.Counter.Count };
        var (code, isSilent) = (request.Text("code"), request.Flag("silent", otherwise: false));
        var command = new SubmitCode(StringLines.Protect(code));
        _kernels.Counter.Counts = !isSilent && request.Flag("store_history", otherwise: true);
        var cell = _ran[command.GetOrCreateToken()] = new Ran(request.Header, isSilent, _kernels.Counter.NumberOf(command));
        if (!isSilent)
            _channels.Publish("execute_input", request.Header, new() { ["code"] = code, ["execution_count"] = cell.Count });

        _current = request;
        await Task.Run(() => _kernels.All.SendAsync(command));
        _current = null;
        if (_kernels.Counter.Counts && !string.IsNullOrWhiteSpace(code))
            _history.Add(cell.Count, code, cell.Result);
        if (cell.Error is not { } error)
            return await SuccessAsync(request);
        if (request.Flag("stop_on_error", otherwise: true))
            _abortedUpTo = _channels.LastOnShell;
        return Failure(error);
    }

    /// <summary>Publishes the output in an event, even after its cell's end.</summary>
    private void Show(KernelEvent one)
    {
        var token = one.Command?.GetOrCreateToken() ?? "";
        var root = token.Split('.', 2)[0];
        if (!_ran.TryGetValue(root, out var cell) || EventOutput.Of(one, cell.Count) is not { } output
            || output is ErrorOutput && token != root)
            return;
        cell.Error = output as ErrorOutput ?? cell.Error;
        cell.Result = (output as ResultOutput)?.Data[MimeBundle.PlainText] ?? cell.Result;
        if (cell.IsSilent)
            return;
        var (type, content) = JupyterContent.Of(output);
        _channels.Publish(type, cell.Header, content);
    }

    private async Task<JsonObject> SuccessAsync(JupyterRequest request) => new()
    {
        ["status"] = "ok",
        ["execution_count"] = _kernels.Counter.Count,
        ["user_expressions"] = await EvaluateAsync(request.Content["user_expressions"] as JsonObject ?? []),
        ["payload"] = new JsonArray(),
    };

    private JsonObject Failure(ErrorOutput error)
    {
        var content = JupyterContent.Of(error);
        content["status"] = "error";
        content["execution_count"] = _kernels.Counter.Count;
        content["user_expressions"] = new JsonObject();
        content["payload"] = new JsonArray();
        return content;
    }

    /// <summary>The front end's user expressions: each one's value, or the error that it gave.</summary>
    private async Task<JsonObject> EvaluateAsync(JsonObject expressions)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in expressions)
            values[name] = await EvaluateAsync(expression?.ToString() ?? "");
        return values;
    }

    private async Task<JsonObject> EvaluateAsync(string expression)
    {
        var value = new JsonObject { ["status"] = "ok", ["data"] = new JsonObject(), ["metadata"] = new JsonObject() };
        await _kernels.CSharp.Session.ExecuteAsync(expression, Take, _kernels.Counter.Count, CancellationToken.None);
        return value;

        void Take(CellOutput output)
        {
            if (output is ResultOutput result)
                value["data"] = result.Data.ToJson();
            if (output is ErrorOutput error)
                value = JupyterContent.Failure(error.Name, error.Value);
        }
    }

    /// <summary>A cell that has run, or runs.</summary>
    private sealed record Ran(byte[] Header, bool IsSilent, int Count)
    {
        public ErrorOutput? Error { get; set; }

        public string? Result { get; set; }
    }

    private sealed class Listener(Action<KernelEvent> hear) : IObserver<KernelEvent>
    {
        public void OnNext(KernelEvent value) => hear(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
