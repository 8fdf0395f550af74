using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace LlmRabbitHoles.Hub;

/// <summary>Asks a server that speaks the Hub's API.</summary>
/// <param name="endpoint">Where it is.</param>
/// <param name="timeout">After how long without a byte a request is given up.</param>
/// <param name="time">The clock of timeouts.</param>
/// <remarks>Each method makes one try; <see cref="Retries"/> repeats it where the failure is a <see cref="PassingException"/>.</remarks>
internal sealed class HubClient(HubEndpoint endpoint, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int MostRedirects = 10;
    private const int LongestAnswer = 64 * 1024 * 1024;

    // Redirects are followed here, as the token must not go along to another host.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "llm-rabbit-holes" }, { "Accept-Encoding", "identity" } },
    };

    /// <summary>What the server says of one revision.</summary>
    /// <exception cref="HubException">There is no such model or revision, it is gated, or the answer is not the Hub's.</exception>
    /// <exception cref="PassingException">Another try may succeed.</exception>
    public async Task<HubRepository> DescribeAsync(RepositoryName name, string revision, CancellationToken cancellationToken)
    {
        var address = endpoint.ModelApi(name, revision);
        using var patience = new Patience(timeout, time, cancellationToken);
        using var response = await SendAsync(() => new(HttpMethod.Get, address), address, name, revision, patience);
        await RefuseAsync(response, name, revision, patience);
        if (response.Content.Headers.ContentType?.MediaType == "text/html") throw WebPage(response.RequestMessage!.RequestUri!);
        var json = await ReadAsync(response, patience);
        return HubRepository.Read(name, json, $"the answer of {address.GetLeftPart(UriPartial.Path)}");
    }

    /// <summary>The size and blob of a file, for a server that does not list them.</summary>
    /// <exception cref="HubException">There is no such file, or the server does not say.</exception>
    /// <exception cref="PassingException">Another try may succeed.</exception>
    public async Task<HubFile> DescribeAsync(HubRepository repository, HubFile file, CancellationToken cancellationToken)
    {
        var address = endpoint.File(repository.Name, repository.Commit, file.Path);
        using var patience = new Patience(timeout, time, cancellationToken);
        using var response = await SendAsync(
            () => new(HttpMethod.Head, address), address, repository.Name, repository.Commit, patience, stopsAt: HasIdentity);
        if (!HasIdentity(response)) await RefuseAsync(response, repository.Name, repository.Commit, patience, file.Path);
        var size = Header(response, "X-Linked-Size") is { } linked && long.TryParse(linked, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : response.Content.Headers.ContentLength;
        var etag = EtagOf(response);
        if (size is null or < 0 || etag is null)
            throw new HubException($"{address} does not say how long '{file.Path}' is and what identifies it (X-Linked-Size, ETag). " +
                "Check HF_ENDPOINT.");
        return file with { Size = size, Blob = ServedName.Blob(etag) };
    }

    /// <summary>Opens a file's content.</summary>
    /// <param name="repository">The revision.</param>
    /// <param name="file">One of its files, with its size.</param>
    /// <param name="from">The first byte wanted; the server may ignore it and send all.</param>
    /// <param name="validator">The entity tag that the bytes before had: where it has changed, the server sends all of them.</param>
    /// <param name="patience">How long to wait for a byte.</param>
    /// <exception cref="HubException">The file is not there, is gated, or is not as long as listed.</exception>
    /// <exception cref="PassingException">Another try may succeed.</exception>
    public async Task<FileBody> OpenAsync(
        HubRepository repository, HubFile file, long from, EntityTagHeaderValue? validator, Patience patience)
    {
        var address = endpoint.File(repository.Name, repository.Commit, file.Path);
        var response = await SendAsync(() => Request(address, from, validator), address, repository.Name, repository.Commit, patience);
        try
        {
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                return new FileBody(response, Offset: 0, IsUsable: false);
            await RefuseAsync(response, repository.Name, repository.Commit, patience, file.Path);
            if (response.Content.Headers.ContentType?.MediaType == "text/html" && !file.Path.EndsWith(".html", StringComparison.Ordinal))
                throw WebPage(response.RequestMessage!.RequestUri!);
            return FileBody.Of(response, file, from);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(Uri address, long from, EntityTagHeaderValue? validator)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (from > 0) request.Headers.Range = new RangeHeaderValue(from, null);
        if (from > 0 && validator is { IsWeak: false }) request.Headers.IfRange = new RangeConditionHeaderValue(validator);
        return request;
    }

    // The answer may be a redirect to where the content lies, and still say what the content is.
    private static bool HasIdentity(HttpResponseMessage response) => Header(response, "X-Linked-Etag") is not null;

    private static string? EtagOf(HttpResponseMessage response) =>
        (Header(response, "X-Linked-Etag") ?? Header(response, "ETag"))?.Replace("W/", "", StringComparison.Ordinal).Trim('"');

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> create, Uri address, RepositoryName name, string revision, Patience patience,
        Func<HttpResponseMessage, bool>? stopsAt = null)
    {
        var seen = new List<Uri> { address };
        while (true)
        {
            using var request = create();
            request.RequestUri = address;
            if (endpoint.Owns(address) && endpoint.Token is { } token)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var response = await patience.WaitAsync(
                address, wait => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, wait));
            if (Target(response, address) is not { } target || stopsAt?.Invoke(response) == true) return response;
            response.Dispose();
            if (address.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps)
                throw new HubException($"{address.Host} redirects from https to {target.Scheme}://{target.Host}, which is not encrypted. " +
                    $"{name} at {revision} is not pulled. Check HF_ENDPOINT.");
            if (seen.Contains(target) || seen.Count > MostRedirects)
                throw new HubException($"{seen[0]} redirects in a circle ({seen.Count} times, last to {target.Host}). Check HF_ENDPOINT.");
            seen.Add(target);
            address = target;
        }
    }

    private static Uri? Target(HttpResponseMessage response, Uri from)
    {
        if (response.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)) return null;
        if (response.Headers.Location is not { } location) return null;
        var target = location.IsAbsoluteUri ? location : new Uri(from, location);
        return target.Scheme is "http" or "https"
            ? target
            : throw new HubException($"{from.Host} redirects to '{Shortened.Of(target.ToString())}', which is not a web address.");
    }

    private async Task RefuseAsync(
        HttpResponseMessage response, RepositoryName name, string revision, Patience patience, string? path = null)
    {
        if (response.IsSuccessStatusCode) return;
        var said = Header(response, "X-Error-Message") ?? await BodyAsync(response, patience);
        throw Refusal.Of(response, new Asked(endpoint, name, revision, path, said), time.GetUtcNow());
    }

    // A refusal's body is read as far as it helps; that it cannot be read does not matter.
    private static async Task<string> BodyAsync(HttpResponseMessage response, Patience patience)
    {
        var headers = response.Content.Headers;
        if (headers.ContentType?.MediaType is "text/html" || headers.ContentLength is null or > 10_000) return "";
        try
        {
            return await patience.WaitAsync(response.RequestMessage!.RequestUri!, response.Content.ReadAsStringAsync);
        }
        catch (PassingException)
        {
            return "";
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, Patience patience)
    {
        var address = response.RequestMessage!.RequestUri!;
        var stream = await patience.WaitAsync(address, response.Content.ReadAsStreamAsync);
        var answer = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await patience.WaitAsync(address, wait => stream.ReadAsync(buffer, wait).AsTask()) is > 0 and var count)
        {
            answer.Write(buffer, 0, count);
            if (answer.Length > LongestAnswer)
                throw new HubException($"The answer of {address.Host} is longer than {LongestAnswer:N0} bytes. Check HF_ENDPOINT.");
        }
        return answer.ToArray();
    }

    private static HubException WebPage(Uri address) => new($"{address.GetLeftPart(UriPartial.Path)} answers with a web page (HTML) " +
        "instead of what was asked for. A login page or a proxy may stand in between; check HF_ENDPOINT and your network.");
}
