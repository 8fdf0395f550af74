namespace LlmRabbitHoles.Hub;

/// <summary>The server: where its API and its files are, and who asks.</summary>
/// <param name="Address">https://huggingface.co, or a mirror's address, without a slash at its end.</param>
/// <param name="Token">The user's token; null where there is none.</param>
public sealed record HubEndpoint(Uri Address, string? Token = null)
{
    /// <summary>The Hub itself.</summary>
    public const string Public = "https://huggingface.co";

    /// <summary>What the API tells of one revision: its commit and files, with sizes and hashes.</summary>
    /// <param name="name">The model.</param>
    /// <param name="revision">A branch, a tag or a commit.</param>
    public Uri ModelApi(RepositoryName name, string revision) =>
        new($"{Base}/api/models/{name}/revision/{Uri.EscapeDataString(revision)}?blobs=true");

    /// <summary>The content of one file.</summary>
    /// <param name="name">The model.</param>
    /// <param name="commit">Of the revision.</param>
    /// <param name="path">Within the repository.</param>
    public Uri File(RepositoryName name, string commit, string path) =>
        new($"{Base}/{name}/resolve/{commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");

    /// <summary>The model's page, where a person accepts its licence.</summary>
    /// <param name="name">The model.</param>
    public Uri Page(RepositoryName name) => new($"{Base}/{name}");

    /// <summary>Whether an address is this server's own: only there may the token go.</summary>
    /// <param name="address">Such as a redirect's.</param>
    public bool Owns(Uri address) => Uri.Compare(
        address, Address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private string Base => Address.AbsoluteUri.TrimEnd('/');
}
