using System.Globalization;

namespace LlmRabbitHoles.Hub;

/// <summary>The variables that Hugging Face's own tools heed, read as they read them.</summary>
/// <param name="variable">The value of an environment variable; null where it is not set.</param>
/// <remarks>huggingface_hub, <c>constants.py</c>.</remarks>
public sealed class HubEnvironment(Func<string, string?> variable)
{
    private const int UsualTimeout = 10;

    /// <summary>This process's.</summary>
    public static HubEnvironment Current { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>HF_HUB_CACHE, else HF_HOME/hub, else XDG_CACHE_HOME/huggingface/hub, else ~/.cache/huggingface/hub.</summary>
    public string CacheFolder =>
        Folder("HF_HUB_CACHE") ?? Folder("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(HomeFolder, "hub");

    /// <summary>Whether HF_HUB_OFFLINE forbids the network.</summary>
    public bool IsOffline => IsTrue(Value("HF_HUB_OFFLINE") ?? Value("TRANSFORMERS_OFFLINE"));

    /// <summary>Whether HF_HUB_DISABLE_SYMLINKS asks for copies where the cache has links.</summary>
    public bool WithoutLinks => IsTrue(Value("HF_HUB_DISABLE_SYMLINKS"));

    /// <summary>After how long without a byte a request is given up: HF_HUB_DOWNLOAD_TIMEOUT in seconds, else 10.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(
        int.TryParse(Value("HF_HUB_DOWNLOAD_TIMEOUT"), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1_000_000
            ? seconds
            : UsualTimeout);

    /// <summary>HF_ENDPOINT, else the public Hub, with the token.</summary>
    /// <exception cref="HubException">HF_ENDPOINT is not an address, or the token is not one.</exception>
    public HubEndpoint Endpoint()
    {
        var text = (Value("HF_ENDPOINT") ?? HubEndpoint.Public).TrimEnd('/');
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new HubException(
                $"HF_ENDPOINT is '{Shortened.Of(text)}', which is not a web address. Write {HubEndpoint.Public}, or a mirror's.");
        return new HubEndpoint(address, Token());
    }

    private string HomeFolder =>
        Folder("HF_HOME") ?? Path.Combine(Folder("XDG_CACHE_HOME") ?? Path.Combine(UserFolder, ".cache"), "huggingface");

    private static string UserFolder => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private string? Token()
    {
        if (Clean(Value("HF_TOKEN") ?? Value("HUGGING_FACE_HUB_TOKEN")) is { } token) return Checked(token, "HF_TOKEN");
        var file = Folder("HF_TOKEN_PATH") ?? Path.Combine(HomeFolder, "token");
        try
        {
            return File.Exists(file) && Clean(File.ReadAllText(file)) is { } stored ? Checked(stored, $"'{file}'") : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"The token in '{file}' cannot be read: {e.Message} Set HF_TOKEN, or mend the file's permissions.", e);
        }
    }

    private static string? Clean(string? token) => token?.Trim() is { Length: > 0 } rest ? rest : null;

    // The token itself is never repeated.
    private static string Checked(string token, string place) => token.All(c => c is > ' ' and < '\x7f')
        ? token
        : throw new HubException($"The token in {place} holds spaces, line breaks or letters that no token has. Copy it again.");

    private string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;

    private string? Folder(string name) => Value(name) is { } path ? Path.GetFullPath(Expanded(path)) : null;

    private static string Expanded(string path) =>
        Environment.ExpandEnvironmentVariables(path is ['~'] or ['~', '/', ..] ? UserFolder + path[1..] : path);

    private static bool IsTrue(string? value) => value?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";
}
