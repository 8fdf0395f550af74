using System.Text.Json;
using LlmRabbitHoles.Hub.Tests;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>Models from a server on this machine that speaks the Hub's API, from the pull to the tokens.</summary>
public sealed class PullTests : IAsyncLifetime
{
    private readonly MadeModel _model = new();
    private readonly string _home = Directory.CreateTempSubdirectory("rabbit-hub-").FullName;
    private HubServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await HubServer.StartAsync();
        var files = Directory.GetFiles(_model.Folder).Select(file => new ServedFile(
            Path.GetFileName(file), File.ReadAllBytes(file), IsLfs: file.EndsWith(".safetensors", StringComparison.Ordinal)));
        _server.Serve("alice/made", new ServedModel(Git.Commit("made"), [.. files, ServedFile.Text("README.md", "# Made")]));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _model.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public void APulledModelGivesTheTokensOfItsFolder()
    {
        var pulled = Run("pull", "alice/made");
        Assert.True(pulled.ExitCode == 0, pulled.Error);
        Assert.Equal(Path.Combine(_home, "hub", "models--alice--made", "snapshots", Git.Commit("made")), pulled.Output.TrimEnd());
        Assert.Contains("model.safetensors: 0.1 MB, SHA-256 checked", pulled.Error);
        Assert.Contains("not needed: README.md", pulled.Error);
        var expected = Tokens(Run("generate", "--model", _model.Folder, "--prompt", "One", "--max-tokens", "8", "--format", "json"));
        string[] generate = ["generate", "--prompt", "One", "--max-tokens", "8", "--format", "json"];
        Assert.Equal(expected, Tokens(Run([.. generate, "--model", "alice/made"])));
        Assert.Equal(expected, Tokens(Run([.. generate, "--model", "alice/made@main"])));
        Assert.Equal(expected, Tokens(RunWith([("RABBIT_MODEL", "alice/made")], generate)));
    }

    [Fact]
    public void ModelsListsWhatIsHereAndRemovesIt()
    {
        Assert.Equal(0, Run("pull", "alice/made").ExitCode);
        var models = JsonDocument.Parse(Run("models", "--format", "json").Output).RootElement.GetProperty("models")
            .EnumerateArray().ToDictionary(model => model.GetProperty("name").GetString()!);
        Assert.Equal("-", models["alice"].GetProperty("revision").GetString());
        var pulled = models["alice/made"];
        Assert.Equal("main", pulled.GetProperty("revision").GetString());
        Assert.Equal("safetensors", pulled.GetProperty("format").GetString());
        Assert.Equal(Directory.GetFiles(_model.Folder).Sum(file => new FileInfo(file).Length), pulled.GetProperty("bytes").GetInt64());
        Assert.Contains("alice/made", Run("models").Output);
        Assert.Matches(@"^alice/made: \d+ bytes freed\n$", Run("models", "--remove", "alice/made").Output);
        Assert.False(Directory.Exists(Path.Combine(_home, "hub", "models--alice--made")));
        Run("models", "--remove", "alice/made").IsRefused(1, "alice/made is not in the cache");
    }

    [Fact]
    public void AModelThatWasNotPulledNamesTheCommandThatPullsIt()
    {
        Run("generate", "--model", "alice/made", "--prompt", "One").IsRefused(1, "Run ./rabbit pull alice/made, or name another");
        Run("generate", "--model", "alice/made/q8.gguf", "--prompt", "One").IsRefused(1, "Run ./rabbit pull alice/made --file q8.gguf,");
    }

    [Fact]
    public void AFailedPullIsOneSentence()
    {
        Run("pull", "alice/none").IsRefused(1, "There is no model 'alice/none' at 127.0.0.1");
        Run("pull", "made").IsRefused(2, "'made' is not the name of a model on the Hub");
        Run("models", "--revision", "main").IsRefused(2, "--revision needs --remove");
        RunWith([("HF_HUB_OFFLINE", "1")], "pull", "alice/made").IsRefused(1, "HF_HUB_OFFLINE forbids the network");
        RunWith([("HF_ENDPOINT", "here")], "pull", "alice/made").IsRefused(1, "HF_ENDPOINT is 'here', which is not a web address");
    }

    private static string Tokens(Outcome outcome)
    {
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JsonDocument.Parse(outcome.Output).RootElement.GetProperty("tokens").ToString();
    }

    private Outcome Run(params string[] args) => RunWith([], args);

    private Outcome RunWith((string Name, string Value)[] variables, params string[] args) => Rabbit.RunIn(
        [("HF_ENDPOINT", $"{_server.Address}"), ("HF_HOME", _home), ("HF_HUB_CACHE", ""), ("HF_TOKEN", ""), .. variables], args);
}
