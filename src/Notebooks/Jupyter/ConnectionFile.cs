using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>Where a kernel listens, and the key that signs its messages. A front end writes this file before it starts a kernel.</summary>
/// <remarks>https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files</remarks>
internal sealed record ConnectionFile
{
    /// <summary>The file itself.</summary>
    public required string Path { get; init; }

    /// <summary>"tcp" or "ipc".</summary>
    public required string Transport { get; init; }

    /// <summary>An address of this machine; for ipc the beginning of a socket's path.</summary>
    public required string Ip { get; init; }

    /// <summary>Empty: messages are not signed.</summary>
    public required string Key { get; init; }

    /// <summary>The number of each channel's port, by its name in the file ("shell_port").</summary>
    public required IReadOnlyDictionary<string, int> Ports { get; init; }

    /// <exception cref="JupyterException">The file is missing or broken, or asks for something this kernel does not support.</exception>
    public static ConnectionFile Read(string path)
    {
        var json = Parse(path);
        string Text(string key, string otherwise) =>
            json[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : otherwise;
        int Port(string key) => json[key] is JsonValue value && value.TryGetValue<int>(out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new JupyterException($"The connection file '{path}' has no {key} between 1 and 65535. Let Jupyter write a new one.");

        var file = new ConnectionFile
        {
            Path = path,
            Transport = Text("transport", "tcp"),
            Ip = Text("ip", "127.0.0.1"),
            Key = Text("key", ""),
            Ports = ChannelNames.Ports.ToDictionary(key => key, Port),
        };
        return file.Checked(Text("signature_scheme", "hmac-sha256"));
    }

    /// <summary>The socket of the channel with that port's name.</summary>
    /// <exception cref="JupyterException">The port is in use, or the address is not this machine's.</exception>
    public Socket Listen(string portName)
    {
        var port = Ports[portName];
        var place = PlaceOf(port);
        var listener = new Socket(
            place.AddressFamily, SocketType.Stream, Transport == "tcp" ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            listener.Bind(place);
            listener.Listen();
            return listener;
        }
        catch (SocketException refused)
        {
            listener.Dispose();
            throw new JupyterException(
                $"The kernel can't listen on {Address(port)}, the {portName} of '{Path}': {Reason(refused)}. "
                + "Start the kernel again, so that Jupyter writes a connection file with other ports.",
                refused);
        }
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return StrictJson.ParseNode(File.ReadAllBytes(path), path) as JsonObject
                ?? throw new JupyterException($"The connection file '{path}' is not a JSON object. Let Jupyter write a new one.");
        }
        catch (JsonFileException broken)
        {
            throw new JupyterException($"The connection file '{path}' is broken: line {broken.Line}, byte {broken.Byte}: " +
                $"{broken.Reason} Let Jupyter write a new one.", broken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new JupyterException(
                $"The connection file can't be read: {unreadable.Message} Jupyter writes it and starts the kernel.", unreadable);
        }
    }

    private static string Reason(SocketException refused) => refused.SocketErrorCode == SocketError.AddressAlreadyInUse
        ? "another program uses that port"
        : refused.Message;

    private ConnectionFile Checked(string signatureScheme)
    {
        if (Transport is not ("tcp" or "ipc"))
            throw new JupyterException(
                $"The connection file '{Path}' asks for the transport '{Transport}'; this kernel knows tcp and ipc.");
        if (Transport == "tcp" && Ip != "*" && !IPAddress.TryParse(Ip, out _))
            throw new JupyterException(
                $"The connection file '{Path}' has the ip '{Ip}', which is not an address. 127.0.0.1 is this machine's own.");
        if (Key.Length > 0 && signatureScheme != "hmac-sha256")
            throw new JupyterException(
                $"The connection file '{Path}' asks for signatures by '{signatureScheme}'; this kernel knows hmac-sha256.");
        return this;
    }

    private EndPoint PlaceOf(int port) => Transport == "ipc"
        ? new UnixDomainSocketEndPoint($"{Ip}-{port}")
        : new IPEndPoint(Ip == "*" ? IPAddress.Any : IPAddress.Parse(Ip), port);

    private string Address(int port) => Transport == "ipc" ? $"{Ip}-{port}" : $"{Ip}:{port}";
}
