using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LlmRabbitHoles.Hub.Tests;

/// <summary>
/// A server on this machine that speaks the Hub's API, with a second port in the place of the CDN, and that misbehaves where it is told to.
/// Files in Git LFS are redirected to the CDN, plain ones to a relative address, as the Hub does.
/// </summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ServedModel> _models = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Answer>> _once = new();
    private readonly ConcurrentDictionary<string, Answer> _always = new();

    private HubServer(WebApplication app) => _app = app;

    /// <summary>The endpoint.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Another port, where contents in Git LFS lie.</summary>
    public Uri Cdn { get; private set; } = null!;

    /// <summary>Answers a request in its own way.</summary>
    public delegate Task Answer(HttpContext context, ServedFile? file);

    /// <summary>All requests so far.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = new();

    /// <summary>Whether the API tells sizes and hashes. Default true.</summary>
    public bool TellsBlobs { get; set; } = true;

    public static async Task<HubServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0", "http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        builder.Logging.ClearProviders();
        var server = new HubServer(builder.Build());
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        (server.Address, server.Cdn) = (new Uri(server._app.Urls.First()), new Uri(server._app.Urls.Last()));
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Serves a model's revision main.</summary>
    public ServedModel Serve(string name, ServedModel model) => _models[name] = model;

    /// <summary>The next requests whose path ends so are answered in these ways, the later ones properly.</summary>
    public void Next(string ending, params Answer[] answers) => _once[ending] = new ConcurrentQueue<Answer>(answers);

    /// <summary>All requests whose path ends so are answered in this way.</summary>
    public void Always(string ending, Answer answer) => _always[ending] = answer;

    /// <summary>The requests whose path ends so.</summary>
    public IReadOnlyList<Seen> RequestsOf(string ending) =>
        [.. Requests.Where(seen => seen.Path.EndsWith(ending, StringComparison.Ordinal))];

    private async Task HandleAsync(HttpContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Path.Value!);
        Requests.Enqueue(Seen.Of(context));
        var file = _models.Values.SelectMany(model => model.Files)
            .FirstOrDefault(file => path.EndsWith("/" + file.Address, StringComparison.Ordinal));
        foreach (var (ending, answers) in _once)
        {
            if (!path.EndsWith(ending, StringComparison.Ordinal) || !answers.TryDequeue(out var answer)) continue;
            await answer(context, file);
            return;
        }
        var always = _always.FirstOrDefault(pair => path.EndsWith(pair.Key, StringComparison.Ordinal)).Value;
        await (always ?? ProperlyAsync)(context, file);
    }

    /// <summary>As the Hub answers.</summary>
    public async Task ProperlyAsync(HttpContext context, ServedFile? file)
    {
        switch (context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["api", "models", var owner, var name, "revision", var revision]:
                await DescribeAsync(context, $"{owner}/{name}", Uri.UnescapeDataString(revision));
                break;
            case [_, _, "resolve", var commit, ..] when file is not null:
                context.Response.Headers["X-Repo-Commit"] = commit;
                context.Response.Headers["X-Linked-Etag"] = $"\"{file.Blob}\"";
                context.Response.Headers["X-Linked-Size"] = $"{file.Content.Length}";
                context.Response.Redirect(file.IsLfs ? $"{Cdn}cdn/{file.Address}?signature=s" : $"/resolve-cache/{file.Address}");
                break;
            case ["cdn" or "resolve-cache", ..] when file is not null:
                await Answers.SendAsync(context, file.Content, file.Etag);
                break;
            default:
                await Answers.Status(404, ("X-Error-Code", "EntryNotFound"))(context, file);
                break;
        }
    }

    private async Task DescribeAsync(HttpContext context, string name, string revision)
    {
        if (!_models.TryGetValue(name, out var model))
        {
            await Answers.Status(401, ("X-Error-Code", "RepoNotFound"), ("X-Error-Message", "Invalid username."))(context, null);
            return;
        }
        if (revision != model.Commit && revision != "main" && !model.Tags.Contains(revision))
        {
            await Answers.Status(404, ("X-Error-Code", "RevisionNotFound"))(context, null);
            return;
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        var tells = TellsBlobs && context.Request.Query["blobs"] == "true";
        await context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            id = name, sha = model.Commit, siblings = model.Files.Select(file => tells ? file.Described() : new { rfilename = file.Path }),
        }));
    }
}

/// <summary>A request that was seen.</summary>
internal sealed record Seen(string Method, int Port, string Path, string? Authorization, string? Range, string? IfRange)
{
    public static Seen Of(HttpContext context)
    {
        string? Header(string name) => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
        return new Seen(
            context.Request.Method, context.Connection.LocalPort, Uri.UnescapeDataString(context.Request.Path.Value!),
            Header("Authorization"), Header("Range"), Header("If-Range"));
    }
}

/// <summary>A model on the server.</summary>
internal sealed record ServedModel(string Commit, List<ServedFile> Files)
{
    public HashSet<string> Tags { get; } = [];
}

/// <summary>A file on the server.</summary>
internal sealed record ServedFile(string Path, byte[] Content, bool IsLfs = false)
{
    /// <summary>How it is addressed; its path, unless the path is a bad one.</summary>
    public string Address => Path.TrimStart('/', '.');

    /// <summary>The name of its content.</summary>
    public string Blob => IsLfs ? Convert.ToHexStringLower(SHA256.HashData(Content)) : Git.Blob(Content);

    /// <summary>The entity tag at the host that sends it; the CDN has its own.</summary>
    public string Etag { get; init; } = "\"cdn-1\"";

    /// <summary>What the API says of size and hash, where it lies.</summary>
    public long? ClaimedSize { get; init; }

    public string? ClaimedBlob { get; init; }

    public static ServedFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Seeded bytes.</summary>
    public static ServedFile Weights(string path, int size, int seed = 1)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        return new ServedFile(path, content, IsLfs: true);
    }

    public object Described() => IsLfs
        ? new
        {
            rfilename = Path, size = ClaimedSize ?? Content.Length, blobId = Git.Blob("a pointer"u8),
            lfs = new { sha256 = ClaimedBlob ?? Blob, size = ClaimedSize ?? Content.Length, pointerSize = 134 },
        }
        : new { rfilename = Path, size = ClaimedSize ?? Content.Length, blobId = ClaimedBlob ?? Blob };
}

/// <summary>Names that git gives.</summary>
internal static class Git
{
#pragma warning disable CA5350 // SHA-1 is what git names contents by.
    public static string Blob(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));

    public static string Commit(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
