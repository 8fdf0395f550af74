using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>The cell that runs, as far as stopping it is concerned. Thread-safe.</summary>
internal sealed class RunningCell(KernelChannels channels)
{
    private const string Unstoppable =
        "\nThe cell is inside code that can't be stopped. It ends by itself, or restart the kernel to end it now.\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly Lock _changing = new();
    private CancellationTokenSource? _interrupt;
    private JupyterRequest? _request;

    /// <summary>The request to run the cell, and the token that stops it; null when none runs.</summary>
    public (JupyterRequest Request, CancellationToken Interrupted)? Current
    {
        get
        {
            lock (_changing)
                return _request is null ? null : (_request, _interrupt!.Token);
        }
    }

    /// <summary>A cell starts.</summary>
    /// <returns>Cancelled when it is to stop. Disposing says that the cell has ended.</returns>
    public Run Start(JupyterRequest request)
    {
        lock (_changing)
        {
            (_request, _interrupt) = (request, new CancellationTokenSource());
            return new Run(this, _interrupt);
        }
    }

    /// <summary>Asks the cell to stop; nothing happens when none runs.</summary>
    public void Interrupt()
    {
        lock (_changing)
        {
            if (_interrupt is not { IsCancellationRequested: false } || _request is not { } request)
                return;
            _ = _interrupt.CancelAsync();
            _ = Task.Delay(Patience).ContinueWith(_ => ReportUnstoppable(request), TaskScheduler.Default);
        }
    }

    private void End()
    {
        lock (_changing)
        {
            _interrupt?.Dispose();
            (_request, _interrupt) = (null, null);
        }
    }

    private void ReportUnstoppable(JupyterRequest request)
    {
        lock (_changing)
        {
            if (!ReferenceEquals(_request, request))
                return;
            var (type, content) = JupyterContent.Of(new StreamOutput("stderr", Unstoppable));
            channels.Publish(type, request.Header, content);
        }
    }

    /// <summary>From a cell's start to its end.</summary>
    internal sealed class Run(RunningCell owner, CancellationTokenSource interrupt) : IDisposable
    {
        /// <summary>Cancelled when the cell is to stop.</summary>
        public CancellationToken Interrupted { get; } = interrupt.Token;

        /// <inheritdoc/>
        public void Dispose() => owner.End();
    }
}
