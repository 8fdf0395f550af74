using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;
using LlmRabbitHoles.Notebooks.Kernels;
using LlmRabbitHoles.Notebooks.Session;
using Microsoft.DotNet.Interactive.Commands;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>Serves a notebook's kernels over Jupyter's protocol.</summary>
/// <remarks>https://jupyter-client.readthedocs.io/en/stable/messaging.html, version 5.4.</remarks>
public sealed partial class JupyterKernel : IAsyncDisposable
{
    private readonly KernelChannels _channels;
    private readonly InputChannel _input;
    private readonly RabbitKernels _kernels;
    private readonly ExecutionHistory _history = new();
    private readonly LanguageReplies _language;
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JupyterKernel(KernelChannels channels)
    {
        _channels = channels;
        _input = new InputChannel(channels);
        _kernels = new RabbitKernels(new SessionOptions { ReadInput = AskReaderAsync });
        _language = new LanguageReplies(_kernels.CSharp.Session);
        _outputs = _kernels.All.KernelEvents.Subscribe(new Listener(Show));
    }

    /// <summary>
    /// Serves until a front end asks it to shut down, the program that started it ends, or it is cancelled.
    /// Ctrl-C interrupts the running cell.
    /// </summary>
    /// <param name="connectionFile">The path of the file that says where to listen.</param>
    /// <param name="log">Receives a line for every message that is dropped.</param>
    /// <param name="cancellationToken">Ends the kernel.</param>
    /// <exception cref="JupyterException">The file can't be used, or one of its ports is taken.</exception>
    /// <remarks>Cells may leave threads behind, so the program should exit rather than return from Main after this.</remarks>
    public static async Task RunAsync(string connectionFile, TextWriter log, CancellationToken cancellationToken = default)
    {
        var lines = TextWriter.Synchronized(log);
        await using var channels = KernelChannels.Open(ConnectionFile.Read(connectionFile), line => lines.WriteLine($"rabbit: {line}"));
        await using var kernel = new JupyterKernel(channels);
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            kernel.Interrupt();
        });
        await kernel.ServeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _outputs.Dispose();
        _kernels.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _channels.Publish("status", [], JupyterContent.Status("starting"));
        Task[] loops =
        [
            Task.Run(() => ServeShellAsync(ending.Token), ending.Token),
            Task.Run(() => ServeControlAsync(ending.Token), ending.Token),
            Task.Run(() => _input.ListenAsync(ending.Token), ending.Token),
            ParentProcess.WaitForEndAsync(ending.Token),
        ];
        // Only the parent's task ends by itself; any other end is a defect that must not be lost.
        var first = await Task.WhenAny([_shutdown.Task, .. loops]);
        Interrupt();
        await ending.CancelAsync();
        await first;
    }

    private async Task ServeShellAsync(CancellationToken cancellationToken)
    {
        await foreach (var request in _channels.Shell.WithCancellation(cancellationToken))
        {
            await AnswerAsync(request, _channels.ReplyOnShell, request.Type switch
            {
                "execute_request" => () => ExecuteAsync(request),
                "complete_request" => async () => await _language.CompleteAsync(request),
                "inspect_request" => async () => await _language.InspectAsync(request),
                "is_complete_request" => () => Task.FromResult<JsonObject?>(_language.IsComplete(request)),
                "history_request" => () => Task.FromResult<JsonObject?>(_history.Answer(request)),
                _ => () => AnswerAnywhereAsync(request),
            });
        }
    }

    private async Task ServeControlAsync(CancellationToken cancellationToken)
    {
        await foreach (var request in _channels.Control.WithCancellation(cancellationToken))
            await AnswerAsync(request, _channels.ReplyOnControl, () => AnswerAnywhereAsync(request));
    }

    private Task<JsonObject?> AnswerAnywhereAsync(JupyterRequest request) => Task.FromResult(request.Type switch
    {
        "kernel_info_request" => KernelInfo.Content(),
        "interrupt_request" => AnswerInterrupt(),
        "shutdown_request" => ShutDown(request),
        "comm_info_request" => new() { ["status"] = "ok", ["comms"] = new JsonObject() },
        "comm_open" => CloseComm(request),
        _ => null,
    });

    /// <summary>Runs between busy and idle, so that a front end knows which messages belong to its request and when they end.</summary>
    private async Task AnswerAsync(JupyterRequest request, Action<JupyterRequest, JsonObject> reply, Func<Task<JsonObject?>> answer)
    {
        _channels.Publish("status", request.Header, JupyterContent.Status("busy"));
        try
        {
            if (request.Fault is { } fault)
                reply(request, JupyterContent.Failure(nameof(FormatException), fault));
            else if (await answer() is { } content)
                reply(request, content);
        }
#pragma warning disable CA1031 // One request that fails must not end the kernel; its asker is told.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            reply(request, JupyterContent.Failure(failed.GetType().Name, failed.Message));
        }

        _channels.Publish("status", request.Header, JupyterContent.Status("idle"));
        if (request.Type == "shutdown_request")
            _shutdown.TrySetResult();
    }

    private async Task<string?> AskReaderAsync(string prompt, bool isPassword) =>
        _current is { } cell ? await _input.AskAsync(cell, prompt, isPassword) : null;

    private void Interrupt()
    {
        if (_current is not null)
            _ = Task.Run(() => _kernels.All.SendAsync(new Cancel()));
    }

    private JsonObject AnswerInterrupt()
    {
        Interrupt();
        return new() { ["status"] = "ok" };
    }

    private JsonObject ShutDown(JupyterRequest request)
    {
        JsonObject Content() => new() { ["status"] = "ok", ["restart"] = request.Flag("restart", otherwise: false) };
        _channels.Publish("shutdown_reply", request.Header, Content());
        return Content();
    }

    /// <summary>This kernel has no widgets; it tells so to a front end that opens a comm, as the protocol requires.</summary>
    private JsonObject? CloseComm(JupyterRequest request)
    {
        _channels.Publish("comm_close", request.Header, new() { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() });
        return null;
    }
}
