using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace LlmRabbitHoles.Hub;

/// <summary>What was asked for, and what the server said to it.</summary>
/// <param name="Endpoint">The server.</param>
/// <param name="Name">The model.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Path">The file; null where the model itself was asked for.</param>
/// <param name="Said">The server's own words: X-Error-Message, or the body.</param>
internal sealed record Asked(HubEndpoint Endpoint, RepositoryName Name, string Revision, string? Path, string Said);

/// <summary>An answer that is not a success, as a sentence for the user.</summary>
internal static class Refusal
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(5);

    /// <summary>A <see cref="PassingException"/> where another try may succeed, else a <see cref="HubException"/>.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="now">The time, to which a Retry-After may refer.</param>
    public static Exception Of(HttpResponseMessage response, Asked asked, DateTimeOffset now)
    {
        var (status, host) = ((int)response.StatusCode, response.RequestMessage!.RequestUri!.Host);
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || status >= 500)
            return Passing(response, $"{host} answers {status} ({Meaning(response.StatusCode)})", now);
        var code = response.Headers.TryGetValues("X-Error-Code", out var codes) ? codes.First() : null;
        return new HubException((status, code) switch
        {
            (_, "GatedRepo") or (403, _) => $"{asked.Name} is gated or closed to you ({status}). Accept its licence at " +
                $"{asked.Endpoint.Page(asked.Name)}, and set HF_TOKEN to a token of the account that did.{Quote(asked)}",
            (_, "RevisionNotFound") => $"{asked.Name} has no revision '{asked.Revision}'. Leave --revision out for the newest.",
            (_, "EntryNotFound") => $"{asked.Name} has no file '{asked.Path}' at {asked.Revision}.",
            (401 or 404, _) when asked.Path is null => Unknown(asked, status),
            (404, _) => $"{host} does not have '{asked.Path}' of {asked.Name} (404). Try again, or check HF_ENDPOINT.",
            (401, _) => $"{host} does not let you read {asked.Name} (401). Check HF_TOKEN.{Quote(asked)}",
            _ => $"{host} answers {status} ({Meaning(response.StatusCode)}) when asked for {asked.Path ?? $"{asked.Name}"}.{Quote(asked)}",
        });
    }

    // The Hub answers 401 for a model that does not exist too, as it may be private.
    private static string Unknown(Asked asked, int status) =>
        $"There is no model '{asked.Name}' at {asked.Endpoint.Address.Host} ({status}), or it is private or gated. Check the name" +
        (asked.Endpoint.Token is null
            ? "; for a private or gated one, accept its licence and set HF_TOKEN."
            : " and what HF_TOKEN may read.");

    private static Exception Passing(HttpResponseMessage response, string message, DateTimeOffset now)
    {
        var wait = Wait(response.Headers.RetryAfter, now);
        return wait > _longestWait
            ? new HubException(
                $"{message} and asks to come back in {wait.Value.TotalMinutes:0} minutes. Run the same command then; it goes on.")
            : new PassingException(message, wait);
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string Meaning(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => "too many requests",
        HttpStatusCode.RequestTimeout => "request timeout",
        _ => $"{status}",
    };

    private static string Quote(Asked asked)
    {
        var said = asked.Said.TrimStart().StartsWith('{') ? ErrorField(asked.Said) : asked.Said;
        return said.Trim() is { Length: > 0 } words ? $" The server says: {Shortened.Of(words.ReplaceLineEndings(" "), 200)}" : "";
    }

    private static string ErrorField(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("error", out var error) ? error.ToString() : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
