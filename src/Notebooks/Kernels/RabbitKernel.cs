using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Jupyter;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>The C# session as a kernel of .NET Interactive.</summary>
/// <remarks>
/// What the package's own C# kernel lacks comes from <see cref="CSharpSession"/>: cells can be interrupted, unload when nothing
/// of theirs is in use, and their output is merged. What comes after a cell's end is published too.
/// </remarks>
public sealed partial class RabbitKernel : Kernel, IKernelCommandHandler<SubmitCode>
{
    /// <summary>How long an interrupted cell may go on before the reader is warned.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly CellCounter _counter;
    private volatile SubmitCode? _running;

    internal RabbitKernel(SessionOptions options, CellCounter counter) : base("csharp")
    {
        _counter = counter;
        Session = new CSharpSession(options);
        KernelInfo.LanguageName = "C#";
        KernelInfo.LanguageVersion = "14.0";
        KernelInfo.DisplayName = "csharp - C# Script";
        KernelInfo.Description = "Runs C#. Cells can be interrupted.";
        RegisterForDisposal(Session);
    }

    /// <summary>The session that runs the cells.</summary>
    internal CSharpSession Session { get; }

    /// <summary>Whether a cell is running.</summary>
    internal bool IsRunning => _running is not null;

    async Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.Publish(new CodeSubmissionReceived(command));
        context.Publish(new CompleteCodeSubmissionReceived(command));
        using var cancelled = context.CancellationToken.Register(() => _ = ReportUnstoppableAsync(command, context));
        if (_running is not null)
            _ = ReportWaitingAsync(command, context);
        ErrorOutput? error = null;
        await Session.ExecuteAsync(
            InPlace(command), Show, _counter.NumberOf(context.Command), context.CancellationToken, () => _running = command);
        if (ReferenceEquals(_running, command))
            _running = null;
        if (error is null)
            await LoadExtensionsAsync(context);
        else
            Fail(command, context, error);

        void Show(CellOutput output)
        {
            error = output as ErrorOutput ?? error;
            if (EventOf(output, command) is { } shown)
                Publish(context, shown);
        }
    }

    /// <summary>The code moved to its lines in the cell, so that errors name the right lines.</summary>
    private static string InPlace(SubmitCode command)
    {
        var before = command.Parent is SubmitCode whole ? whole.Code.IndexOf(command.Code, StringComparison.Ordinal) : 0;
        var lines = before > 0 ? ((SubmitCode)command.Parent!).Code.AsSpan(0, before).Count('\n') : 0;
        return new string('\n', lines) + StringLines.Restore(command.Code);
    }

    /// <summary>The event for an output; null for an error, which ends the command instead.</summary>
    private static DisplayEvent? EventOf(CellOutput output, SubmitCode command) => output switch
    {
        StreamOutput { Name: "stderr" } said => new StandardErrorValueProduced(command, [new(MimeBundle.PlainText, said.Text)]),
        StreamOutput said => new StandardOutputValueProduced(command, [new(MimeBundle.PlainText, said.Text)]),
        DisplayOutput { IsUpdate: true } shown => new DisplayedValueUpdated(
            shown.Data, shown.DisplayId!, command, ValueFormatter.Values(shown.Data)),
        DisplayOutput shown => new DisplayedValueProduced(shown.Data, command, ValueFormatter.Values(shown.Data), shown.DisplayId),
        ResultOutput result => new ReturnValueProduced(result.Data, command, ValueFormatter.Values(result.Data)),
        _ => null,
    };

    /// <summary>
    /// A context that has ended drops published events, and one that is publishing queues them, so these events are published on the kernel
    /// all the same.
    /// </summary>
    private void Publish(KernelInvocationContext context, KernelEvent one)
    {
        if (context.IsComplete || RabbitKernels.IsPublishing)
            PublishEvent(one);
        else
            context.Publish(one);
    }

    private static void Fail(SubmitCode command, KernelInvocationContext context, ErrorOutput error)
    {
        var lines = error.Traceback.Select(line => new FormattedValue(MimeBundle.PlainText, line)).ToArray();
        if (error.Name == "CompilationError")
            context.Publish(new DiagnosticsProduced([.. error.Traceback.Select(ErrorReport.DiagnosticOf)], lines, command));
        context.Fail(command, message: string.Join('\n', error.Traceback));
    }

    private async Task ReportUnstoppableAsync(SubmitCode command, KernelInvocationContext context)
    {
        await Task.Delay(Patience);
        if (ReferenceEquals(_running, command))
            Warn(
                "The cell is inside code that can't be stopped. It ends by itself, or restart the kernel to end it now.", command, context);
    }

    private async Task ReportWaitingAsync(SubmitCode command, KernelInvocationContext context)
    {
        var before = _running;
        await Task.Delay(Patience);
        if (before is not null && ReferenceEquals(_running, before) && !context.IsComplete)
            Warn("This cell waits for an earlier one, which is inside code that can't be stopped. Restart the kernel to end it now.",
                command, context);
    }

    private void Warn(string message, SubmitCode command, KernelInvocationContext context) =>
        Publish(context, new StandardErrorValueProduced(command, [new(MimeBundle.PlainText, $"\n{message}\n")]));
}
