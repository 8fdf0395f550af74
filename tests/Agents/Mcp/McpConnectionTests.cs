using System.IO.Pipelines;
using LlmRabbitHoles.Agents.Mcp;
using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Chat;
using ModelContextProtocol.Server;

namespace LlmRabbitHoles.Agents.Tests;

public sealed class McpConnectionTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _servers = [];
    private readonly List<McpConnection> _connections = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
        await _ending.CancelAsync();
        await Task.WhenAll(_servers).ContinueWith(_ => { }, TaskScheduler.Default);
        _ending.Dispose();
    }

    [Fact]
    public async Task AServersToolsAreListedAndCalled()
    {
        var toolbox = McpConnection.Join([], [await ConnectAsync("tiny", "Hello")]);
        Assert.Equal(["divide_hello", "greet"], toolbox.Tools.Select(tool => tool.Name).Order());
        var greet = toolbox.Tools.First(tool => tool.Name == "greet");
        Assert.Equal("greets somebody", greet.Description);
        Assert.Equal(["name"], greet.Parameters);
        Assert.Equal("Hello, Bob!", toolbox.Invoke(Call("greet", ("name", "Bob"))));
        Assert.Equal("3", toolbox.Invoke(Call("divide_hello", ("a", "7"), ("b", "2"))));
    }

    [Fact]
    public async Task ErrorsOfTheServerGoToTheModel()
    {
        var toolbox = McpConnection.Join([], [await ConnectAsync("tiny", "Hello")]);
        var outcomes = await toolbox.InvokeAsync(
            [
                Call("divide_hello", ("a", "7"), ("b", "0")), Call("divide_hello", ("a", "seven"), ("b", "2")), Call("greet"),
            ], Cancellation);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsError));
        Assert.Contains("Nothing is divided by zero.", outcomes[0].Text, StringComparison.Ordinal);
        Assert.Equal("The argument a must be a whole number, not seven.", outcomes[1].Text);
        Assert.Equal("The argument name is missing.", outcomes[2].Text);
    }

    [Fact]
    public async Task ANameThatTwoServersHaveIsPrecededByTheServers()
    {
        McpConnection[] servers = [await ConnectAsync("north", "Moin"), await ConnectAsync("south", "Servus")];
        var toolbox = McpConnection.Join([], servers);
        Assert.Equal(
            ["divide_moin", "divide_servus", "north_greet", "south_greet"], toolbox.Tools.Select(tool => tool.Name).Order());
        Assert.Equal("Moin, Bob!", toolbox.Invoke(Call("north_greet", ("name", "Bob"))));
        Assert.Equal("Servus, Bob!", toolbox.Invoke(Call("south_greet", ("name", "Bob"))));
    }

    [Fact]
    public async Task AnOwnToolKeepsItsName()
    {
        var own = Tools.FunctionTool.Of((string name) => $"Ahoy, {name}!", "greet", "greets");
        var toolbox = McpConnection.Join([own], [await ConnectAsync("north", "Moin")]);
        Assert.Equal("Ahoy, Bob!", toolbox.Invoke(Call("greet", ("name", "Bob"))));
        Assert.Equal("Moin, Bob!", toolbox.Invoke(Call("north_greet", ("name", "Bob"))));
    }

    [Fact]
    public async Task AServerRunsAsAChildProcess()
    {
        await using var server = await McpConnection.StartAsync(
            "child", "dotnet", [typeof(McpConnectionTests).Assembly.Location, "mcp-server", "Hallo"], Cancellation);
        Assert.Equal("Hallo, Eve!", McpConnection.Join([], [server]).Invoke(Call("greet", ("name", "Eve"))));
    }

    [Fact]
    public async Task AProgramThatIsNotAServerIsRefusedByName()
    {
        var error = await Assert.ThrowsAsync<McpConnectionException>(
            () => McpConnection.StartAsync("nothing", "dotnet", ["--version"], Cancellation));
        Assert.Contains("The server 'nothing' does not answer at 'dotnet --version'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AliceCallsAServersTool()
    {
        var loop = new AgentLoop(AliceModel.Shared, McpConnection.Join(AliceTools.All.Tools.Take(1), [await ShopAsync()]));
        var transcript = loop.Run([new ChatMessage("user", "How much does the teapot cost?")]);
        Assert.Equal("lookup", Assert.Single(transcript.Calls).Name);
        Assert.Contains("41", transcript.Answer, StringComparison.Ordinal);
    }

    private Task<McpConnection> ConnectAsync(string name, string greeting) =>
        ConnectAsync(name, transport => TinyServer.RunAsync(transport, greeting, _ending.Token));

    private Task<McpConnection> ShopAsync() => ConnectAsync("shop", async transport =>
    {
        var lookup = McpServerTool.Create(
            (string subject, string property) => subject == "teapot" && property == "price" ? "41" : "unknown",
            new McpServerToolCreateOptions { Name = "lookup", Description = "looks up a fact" });
        await using var server = McpServer.Create(transport, new McpServerOptions { ToolCollection = [lookup] });
        await server.RunAsync(_ending.Token);
    });

    private async Task<McpConnection> ConnectAsync(string name, Func<StreamServerTransport, Task> run)
    {
        var (toServer, fromServer) = (new Pipe(), new Pipe());
        var transport = new StreamServerTransport(toServer.Reader.AsStream(), fromServer.Writer.AsStream(), name);
        _servers.Add(Task.Run(() => run(transport), Cancellation));
        var connection = await McpConnection.ConnectAsync(
            name, toServer.Writer.AsStream(), fromServer.Reader.AsStream(), Cancellation);
        _connections.Add(connection);
        return connection;
    }

    private static ToolCall Call(string name, params (string Name, string Value)[] arguments) =>
        new(name, arguments.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal));
}
