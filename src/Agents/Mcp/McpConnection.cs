using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace LlmRabbitHoles.Agents.Mcp;

/// <summary>A running server of the Model Context Protocol and the tools that it offers.</summary>
public sealed class McpConnection : IAsyncDisposable
{
    private readonly McpClient _client;

    private McpConnection(string name, McpClient client, IEnumerable<McpClientTool> tools)
    {
        (Name, _client) = (name, client);
        Tools = [.. tools.Select(tool => new McpTool(tool, tool.Name))];
    }

    /// <summary>What the server is called here.</summary>
    public string Name { get; }

    /// <summary>The tools that it offered when the connection began.</summary>
    public IReadOnlyList<McpTool> Tools { get; }

    /// <summary>Starts a server as a child process that speaks over its standard input and output.</summary>
    /// <param name="name">What it is called here; stands before the names of its tools where another server has the same.</param>
    /// <param name="command">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="McpConnectionException">The program cannot be started, or does not speak the protocol.</exception>
    public static Task<McpConnection> StartAsync(
        string name, string command, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) =>
        ConnectAsync(
            name, $"'{command} {string.Join(' ', arguments)}'",
            new StdioClientTransport(new StdioClientTransportOptions { Name = name, Command = command, Arguments = [.. arguments] }),
            cancellationToken);

    /// <summary>Speaks with a server over two streams.</summary>
    /// <param name="name">What it is called here.</param>
    /// <param name="toServer">What the server reads.</param>
    /// <param name="fromServer">What the server writes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="McpConnectionException">The server does not speak the protocol.</exception>
    public static Task<McpConnection> ConnectAsync(
        string name, Stream toServer, Stream fromServer, CancellationToken cancellationToken = default) =>
        ConnectAsync(name, "the streams", new StreamClientTransport(toServer, fromServer), cancellationToken);

    /// <summary>Own tools and those of servers in one toolbox.</summary>
    /// <remarks>An own tool keeps its name. A server's tool whose name is taken, by an own tool or at another server, is called by its
    /// server's name and its own: <c>files_read</c>.</remarks>
    /// <param name="own">Tools of this program.</param>
    /// <param name="servers">Their names differ.</param>
    public static Toolbox Join(IEnumerable<ITool> own, IEnumerable<McpConnection> servers)
    {
        ITool[] ours = [.. own];
        McpConnection[] all = [.. servers];
        var taken = ours.Select(tool => tool.Name).Concat(all.SelectMany(server => server.Tools.Select(tool => tool.Name)))
            .GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        return new Toolbox([.. ours, .. all.SelectMany(server => server.Tools.Select(
            tool => taken.Contains(tool.Name) ? tool.Renamed($"{server.Name}_{tool.Name}") : tool))]);
    }

    /// <summary>Ends the connection, and the server if it was started here.</summary>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static async Task<McpConnection> ConnectAsync(
        string name, string place, IClientTransport transport, CancellationToken cancellationToken)
    {
        McpClient? client = null;
        try
        {
            client = await McpClient.CreateAsync(transport, cancellationToken: cancellationToken).ConfigureAwait(false);
            var tools = await client.ListToolsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return new McpConnection(name, client, tools);
        }
        catch (Exception error) when (error is McpException or IOException or TimeoutException or InvalidOperationException
            or System.ComponentModel.Win32Exception)
        {
            if (client is not null) await client.DisposeAsync().ConfigureAwait(false);
            throw new McpConnectionException(
                $"The server '{name}' does not answer at {place}: {error.Message} Check that it runs by itself and speaks MCP.", error);
        }
    }
}

/// <summary>Thrown when a server of the Model Context Protocol cannot be reached.</summary>
public sealed class McpConnectionException(string message, Exception? inner = null) : IOException(message, inner);
