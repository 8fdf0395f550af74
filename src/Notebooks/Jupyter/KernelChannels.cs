using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;
using LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>The kernel's five sockets, which carry Jupyter's messages. Disposing sends waiting messages and closes.</summary>
internal sealed class KernelChannels : IAsyncDisposable
{
    private readonly Action<string> _complain;
    private readonly MessageWire _wire;
    private readonly RouterSocket _shell;
    private readonly RouterSocket _control;
    private readonly RouterSocket _stdin;
    private readonly PublisherSocket _ioPub;
    private readonly EchoSocket _heartbeat;
    private long _taken;

    private KernelChannels(string key, IReadOnlyDictionary<string, Socket> listeners, Action<string> complain)
    {
        _complain = complain;
        _wire = new MessageWire(key);
        _shell = new RouterSocket(listeners[ChannelNames.Shell], complain);
        _control = new RouterSocket(listeners[ChannelNames.Control], complain);
        _stdin = new RouterSocket(listeners[ChannelNames.Stdin], complain);
        _ioPub = new PublisherSocket(listeners[ChannelNames.IoPub], complain);
        _heartbeat = new EchoSocket(listeners[ChannelNames.Heartbeat], complain);
    }

    /// <summary>Requests to the kernel, in order.</summary>
    public IAsyncEnumerable<JupyterRequest> Shell => ShellRequestsAsync();

    /// <summary>Requests that bypass the queue of cells.</summary>
    public IAsyncEnumerable<JupyterRequest> Control => RequestsOn(_control, "control");

    /// <summary>Lines that readers typed.</summary>
    public IAsyncEnumerable<JupyterRequest> Stdin => RequestsOn(_stdin, "stdin");

    /// <summary>The position of the latest message on <see cref="Shell"/>, including waiting ones.</summary>
    public long LastOnShell => Volatile.Read(ref _taken) + _shell.Received.Count;

    /// <summary>Listens on all five.</summary>
    /// <param name="file">Where, and with which key.</param>
    /// <param name="complain">Receives one sentence for each message or program that is refused.</param>
    /// <exception cref="JupyterException">A port is in use; all others are released.</exception>
    public static KernelChannels Open(ConnectionFile file, Action<string> complain)
    {
        var listeners = new Dictionary<string, Socket>();
        try
        {
            foreach (var name in ChannelNames.Ports)
                listeners[name] = file.Listen(name);
            return new KernelChannels(file.Key, listeners, complain);
        }
        catch (JupyterException)
        {
            foreach (var listener in listeners.Values)
                listener.Dispose();
            throw;
        }
    }

    /// <summary>Answers on the shell channel.</summary>
    public void ReplyOnShell(JupyterRequest request, JsonObject content) => Reply(_shell, request, content);

    /// <summary>Answers on the control channel.</summary>
    public void ReplyOnControl(JupyterRequest request, JsonObject content) => Reply(_control, request, content);

    /// <summary>Asks the front end that sent <paramref name="request"/> for a line.</summary>
    public void AskForInput(JupyterRequest request, string prompt, bool isPassword) => _stdin.Send(_wire.Encode(
        request.Identities, "input_request", request.Header, new() { ["prompt"] = prompt, ["password"] = isPassword }));

    /// <summary>Tells every front end.</summary>
    /// <param name="type">"stream", "status" and so on.</param>
    /// <param name="parent">The header of the request that it comes from; empty when from none.</param>
    /// <param name="content">The message.</param>
    public void Publish(string type, byte[] parent, JsonObject content)
    {
        var topic = Encoding.UTF8.GetBytes($"kernel.{_wire.Session}.{type}");
        _ioPub.Publish(_wire.Encode([topic], type, parent, content));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ServerSocket socket in new ServerSocket[] { _shell, _control, _stdin, _ioPub, _heartbeat })
            await socket.DisposeAsync();
    }

    private void Reply(RouterSocket socket, JupyterRequest request, JsonObject content) => socket.Send(
        _wire.Encode(request.Identities, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), request.Header, content));

    private async IAsyncEnumerable<JupyterRequest> ShellRequestsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var frames in _shell.Received.ReadAllAsync(cancellationToken))
        {
            var position = Interlocked.Increment(ref _taken);
            if (Decode(frames, "shell") is { } request)
                yield return request with { Position = position };
        }
    }

    private async IAsyncEnumerable<JupyterRequest> RequestsOn(
        RouterSocket socket, string name, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var frames in socket.Received.ReadAllAsync(cancellationToken))
        {
            if (Decode(frames, name) is { } request)
                yield return request;
        }
    }

    private JupyterRequest? Decode(IReadOnlyList<byte[]> frames, string name)
    {
        try
        {
            return _wire.Decode(frames);
        }
        catch (FormatException refused)
        {
            _complain($"a message on the {name} channel was dropped: {refused.Message}.");
            return null;
        }
    }
}
