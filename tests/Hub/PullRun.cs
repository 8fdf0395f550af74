using System.Collections.Concurrent;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Hub.Tests;

/// <summary>A server with one small model, an empty cache, and a clock on which nothing takes time.</summary>
internal sealed class PullRun : IAsyncDisposable, IProgress<PullEvent>
{
    private readonly TemporaryFolder _folder = new();
    private long _arrived;

    private PullRun(HubServer server)
    {
        Server = server;
        Serve(new ServedModel(Git.Commit("first"), [
            .. Files, ServedFile.Text("README.md", "# Made"), ServedFile.Weights("pytorch_model.bin", 100),
        ]));
    }

    public HubServer Server { get; }

    public RepositoryName Name { get; } = RepositoryName.Parse("alice/made");

    public TestTime Time { get; } = new();

    public string Folder => _folder["hub"];

    public ServedModel Model { get; private set; } = null!;

    public string Commit => Model.Commit;

    public ServedFile Weights => Files[1];

    /// <summary>The files that the engine reads.</summary>
    public IReadOnlyList<ServedFile> Files { get; } =
    [
        ServedFile.Text("config.json", "{}"),
        ServedFile.Weights("model.safetensors", 300_000),
        ServedFile.Text("tokenizer.json", "{\"a\": 1}"),
    ];

    public ConcurrentQueue<PullEvent> Events { get; } = new();

    public Action<PullEvent>? OnEvent { get; set; }

    public string BlobPath => Path.Combine(Folder, "models--alice--made", "blobs", Weights.Blob);

    public string PartPath => BlobPath + ".incomplete";

    public static async Task<PullRun> StartAsync() => new(await HubServer.StartAsync());

    public void Serve(ServedModel model) => Model = Server.Serve("alice/made", model);

    public void Serve(params ServedFile[] files) => Serve(new ServedModel(Commit, [.. files]));

    public Task<string> PullAsync(
        string revision = "main", string? file = null, string? token = null, bool withoutLinks = false,
        CancellationToken cancellationToken = default)
    {
        Events.Clear();
        var pull = new Pull(new HubEndpoint(Server.Address, token), new HubCache(Folder), this)
        {
            Timeout = TestTime.Timeout, Time = Time, WithoutLinks = withoutLinks,
        };
        return pull.RunAsync(Name, revision, file, cancellationToken);
    }

    public async Task<string> FailAsync(string? file = null, string? token = null) =>
        (await Assert.ThrowsAsync<HubException>(() => PullAsync(file: file, token: token))).Message;

    /// <summary>Sends so many bytes of the weights, and ends the connection when they have arrived.</summary>
    public HubServer.Answer BreakOff(int after) => Answers.BreakOff(after, () => Interlocked.Read(ref _arrived));

    public void Report(PullEvent value)
    {
        if (value is PullEvent.Arrived { Path: "model.safetensors" } more) Interlocked.Exchange(ref _arrived, more.Bytes);
        Events.Enqueue(value);
        OnEvent?.Invoke(value);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
