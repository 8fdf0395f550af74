using System.Runtime.InteropServices;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Turns Ctrl-C (SIGINT) and SIGTERM into a cancelled token. A second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="listen">False where other code handles the signals: the token is never cancelled.</param>
    public Interruption(bool listen)
    {
        _registrations = listen ? [Listen(PosixSignal.SIGINT), Listen(PosixSignal.SIGTERM)] : [];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private PosixSignalRegistration Listen(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        if (_source.IsCancellationRequested) Environment.Exit(ExitCode.Interrupted);
        context.Cancel = true;
        _source.Cancel();
    });
}
