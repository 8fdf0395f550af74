using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LlmRabbitHoles.Hub.Tests;

/// <summary>The ways in which a server can answer.</summary>
internal static class Answers
{
    /// <summary>The content, or the range of it that was asked for; all of it where If-Range names another entity tag.</summary>
    public static async Task SendAsync(HttpContext context, byte[] content, string etag, bool heedsRange = true)
    {
        context.Response.Headers.ETag = etag;
        context.Response.Headers.AcceptRanges = heedsRange ? "bytes" : "none";
        var from = heedsRange ? Start(context, etag) : 0;
        if (from >= content.Length && from > 0)
        {
            context.Response.StatusCode = 416;
            context.Response.Headers.ContentRange = $"bytes */{content.Length}";
            return;
        }
        if (from > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }
        context.Response.ContentLength = content.Length - from;
        if (context.Request.Method != "HEAD") await context.Response.Body.WriteAsync(content.AsMemory(from));
    }

    public static HubServer.Answer Status(int status, params (string Name, string Value)[] headers) => (context, _) =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return Task.CompletedTask;
    };

    public static HubServer.Answer Body(string type, string body) => async (context, _) =>
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    };

    public static HubServer.Answer Redirect(string location) => (context, _) =>
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    /// <summary>Sends so many bytes of what was asked for, and ends the connection when they have arrived.</summary>
    /// <param name="after">Bytes to send.</param>
    /// <param name="arrived">How many bytes of the file its reader has.</param>
    public static HubServer.Answer BreakOff(int after, Func<long> arrived) => async (context, file) =>
    {
        var upTo = await SendSomeAsync(context, file!, after);
        // What is under way when a connection is reset may be lost.
        while (after > 0 && arrived() < upTo && !context.RequestAborted.IsCancellationRequested) await Task.Yield();
        context.Abort();
    };

    /// <summary>Sends so many bytes, then nothing, while the clock of the reader runs on.</summary>
    /// <param name="after">Bytes to send.</param>
    /// <param name="time">The reader's clock.</param>
    /// <param name="hasGivenUp">Whether the reader has noticed.</param>
    public static HubServer.Answer Stall(int after, TestTime time, Func<bool> hasGivenUp) => async (context, file) =>
    {
        await SendSomeAsync(context, file!, after);
        while (!hasGivenUp())
        {
            time.RunOut();
            await Task.Yield();
        }
    };

    /// <summary>Sends all of the file whatever was asked for.</summary>
    public static HubServer.Answer IgnoreRange() => (context, file) => SendAsync(context, file!.Content, file.Etag, heedsRange: false);

    /// <summary>Sends another content under another entity tag.</summary>
    public static HubServer.Answer Other(byte[] content, string etag) => (context, _) => SendAsync(context, content, etag);

    /// <summary>Sends a range that begins elsewhere than asked.</summary>
    public static HubServer.Answer WrongRange() => async (context, file) =>
    {
        context.Response.StatusCode = 206;
        context.Response.Headers.ETag = file!.Etag;
        context.Response.Headers.ContentRange = $"bytes 1-{file.Content.Length - 1}/{file.Content.Length}";
        await context.Response.Body.WriteAsync(file.Content.AsMemory(1));
    };

    /// <summary>Sends without a length, so that only the end of the stream tells it.</summary>
    public static HubServer.Answer Chunked(byte[] content) => async (context, _) =>
    {
        await context.Response.Body.WriteAsync(content);
        await context.Response.Body.FlushAsync();
    };

    private static async Task<long> SendSomeAsync(HttpContext context, ServedFile file, int count)
    {
        var from = Start(context, file.Etag);
        context.Response.Headers.ETag = file.Etag;
        if (from > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{file.Content.Length - 1}/{file.Content.Length}";
        }
        context.Response.ContentLength = file.Content.Length - from;
        var upTo = Math.Min(from + count, file.Content.Length);
        await context.Response.Body.WriteAsync(file.Content.AsMemory(from, upTo - from));
        await context.Response.Body.FlushAsync();
        return upTo;
    }

    private static int Start(HttpContext context, string etag)
    {
        var wanted = context.Request.GetTypedHeaders();
        if (wanted.IfRange?.EntityTag is { } known && !known.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: true)) return 0;
        return (int)(wanted.Range?.Ranges.Single().From ?? 0);
    }
}
