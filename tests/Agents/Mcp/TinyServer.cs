using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace LlmRabbitHoles.Agents.Tests;

/// <summary>A server with two tools, for tests: in this process over streams, or as a child over its standard input and output.</summary>
internal static class TinyServer
{
    public static async Task RunAsync(ITransport transport, string greeting, CancellationToken cancellationToken)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "tiny", Version = "1" },
            ToolCollection =
            [
                McpServerTool.Create(
                    ([Description("whom to greet")] string name) => $"{greeting}, {name}!",
                    new McpServerToolCreateOptions { Name = "greet", Description = "greets somebody" }),
                McpServerTool.Create(
                    (int a, int b) => b == 0 ? throw new ModelContextProtocol.McpException("Nothing is divided by zero.") : a / b,
                    new McpServerToolCreateOptions { Name = $"divide_{greeting}".ToLowerInvariant(), Description = "divides" }),
            ],
        };
        await using var server = McpServer.Create(transport, options);
        await server.RunAsync(cancellationToken);
    }
}
