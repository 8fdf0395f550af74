using System.Net;
using System.Net.Http.Headers;

namespace LlmRabbitHoles.Hub;

/// <summary>A file's content on its way.</summary>
/// <param name="Response">The answer, whose content is read by <see cref="ReadAsync"/>.</param>
/// <param name="Offset">The first byte that comes, from the file's beginning.</param>
/// <param name="IsUsable">False where the server cannot send what follows the bytes that are here: begin again.</param>
internal sealed record FileBody(HttpResponseMessage Response, long Offset, bool IsUsable = true) : IDisposable
{
    private Stream? _stream;

    /// <summary>The content's entity tag at the host that sends it.</summary>
    public EntityTagHeaderValue? Validator => Response.Headers.ETag;

    private Uri Address => Response.RequestMessage!.RequestUri!;

    /// <summary>Reads the answer's headers.</summary>
    /// <param name="response">A success.</param>
    /// <param name="file">The file, with its size.</param>
    /// <param name="from">The first byte that was asked for.</param>
    /// <exception cref="HubException">The content is not as long as listed.</exception>
    public static FileBody Of(HttpResponseMessage response, HubFile file, long from)
    {
        var headers = response.Content.Headers;
        var isPart = response.StatusCode == HttpStatusCode.PartialContent;
        var whole = isPart ? headers.ContentRange?.Length : headers.ContentLength;
        if (whole is { } length && length != file.Size)
            throw new HubException($"{response.RequestMessage!.RequestUri!.Host} sends {length:N0} bytes for '{file.Path}'; " +
                $"the repository lists {file.Size:N0}. They are not kept. Try again, or check HF_ENDPOINT.");
        return new FileBody(response, isPart ? from : 0, !isPart || headers.ContentRange?.From == from);
    }

    /// <summary>Reads on.</summary>
    /// <returns>How many bytes came; 0 at the end.</returns>
    /// <exception cref="PassingException">The connection broke off or stalled.</exception>
    public async Task<int> ReadAsync(Memory<byte> buffer, Patience patience)
    {
        _stream ??= await patience.WaitAsync(Address, Response.Content.ReadAsStreamAsync);
        return await patience.WaitAsync(Address, wait => _stream.ReadAsync(buffer, wait).AsTask());
    }

    public void Dispose()
    {
        _stream?.Dispose();
        Response.Dispose();
    }
}
