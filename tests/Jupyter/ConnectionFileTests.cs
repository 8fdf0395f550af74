using System.Net;
using LlmRabbitHoles.Notebooks.Jupyter;

namespace LlmRabbitHoles.Jupyter.Tests;

public sealed class ConnectionFileTests : IDisposable
{
    private const string Ports =
        """ "shell_port": 40001, "iopub_port": 40002, "stdin_port": 40003, "control_port": 40004, "hb_port": 40005 """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string RefusalOf(string text)
    {
        var path = _folder.Write("kernel.json", text);
        return Assert.Throws<JupyterException>(() => ConnectionFile.Read(path)).Message.Replace(path, "FILE", StringComparison.Ordinal);
    }

    [Fact]
    public void AFileIsReadAsJupyterWritesIt()
    {
        var path = _folder.Write("kernel.json", $$"""
            {{{Ports}}, "ip": "127.0.0.1", "key": "a0b1", "transport": "tcp",
             "signature_scheme": "hmac-sha256", "kernel_name": ".net-csharp"}
            """);
        var file = ConnectionFile.Read(path);
        Assert.Equal(("tcp", "127.0.0.1", "a0b1"), (file.Transport, file.Ip, file.Key));
        Assert.Equal([40001, 40002, 40003, 40004, 40005], ChannelNames.Ports.Select(name => file.Ports[name]));
    }

    [Fact]
    public void ABrokenFileIsRefusedInASentence()
    {
        Assert.StartsWith("The connection file 'FILE' is broken: ", RefusalOf("{"), StringComparison.Ordinal);
        Assert.Equal("The connection file 'FILE' is not a JSON object. Let Jupyter write a new one.", RefusalOf("[]"));
        Assert.Equal("The connection file 'FILE' has no shell_port between 1 and 65535. Let Jupyter write a new one.", RefusalOf("{}"));
        Assert.Equal(
            "The connection file 'FILE' has no hb_port between 1 and 65535. Let Jupyter write a new one.",
            RefusalOf($$"""{{{Ports.Replace("40005", "70000", StringComparison.Ordinal)}}}"""));
        Assert.Equal(
            "The connection file 'FILE' asks for the transport 'udp'; this kernel knows tcp and ipc.",
            RefusalOf($$"""{{{Ports}}, "transport": "udp"}"""));
        Assert.Equal(
            "The connection file 'FILE' has the ip 'localhost', which is not an address. 127.0.0.1 is this machine's own.",
            RefusalOf($$"""{{{Ports}}, "ip": "localhost"}"""));
        Assert.Equal(
            "The connection file 'FILE' asks for signatures by 'hmac-md5'; this kernel knows hmac-sha256.",
            RefusalOf($$"""{{{Ports}}, "key": "a", "signature_scheme": "hmac-md5"}"""));
    }

    [Fact]
    public void APortInUseIsNamedAndTheOthersAreGivenBack()
    {
        using var taken = ZmtpPeer.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var path = _folder.Write("kernel.json", $$"""{{{Ports.Replace("40005", $"{port}", StringComparison.Ordinal)}}}""");
        var file = ConnectionFile.Read(path) with { Transport = "tcp" };
        var ports = file.Ports.ToDictionary();
        foreach (var name in ChannelNames.Ports.Where(name => name != ChannelNames.Heartbeat))
            ports[name] = FreePort();
        file = file with { Ports = ports };
        var refused = Assert.Throws<JupyterException>(() => KernelChannels.Open(file, _ => { }));
        Assert.Equal(
            $"The kernel can't listen on 127.0.0.1:{port}, the hb_port of '{path}': another program uses that port. "
            + "Start the kernel again, so that Jupyter writes a connection file with other ports.",
            refused.Message);
        using var again = file.Listen(ChannelNames.Shell);
    }

    [Fact]
    public async Task AKernelCanListenOnSocketsInTheFileSystem()
    {
        var path = _folder.Write("kernel.json", $$"""{{{Ports}}, "transport": "ipc", "ip": "{{_folder.Path}}/kernel"}""");
        await using var channels = KernelChannels.Open(ConnectionFile.Read(path), _ => { });
        Assert.True(File.Exists($"{_folder.Path}/kernel-40001"));
    }

    private static int FreePort()
    {
        using var listener = ZmtpPeer.Listen();
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }
}
