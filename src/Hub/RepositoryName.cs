using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Hub;

/// <summary>A model's name on the Hub, OWNER/NAME, such as HuggingFaceTB/SmolLM2-135M.</summary>
/// <remarks>The rules are those of huggingface_hub, <c>validate_repo_id</c>. A name that keeps them is safe as a folder's name.</remarks>
public sealed partial record RepositoryName
{
    private RepositoryName(string owner, string name) => (Owner, Name) = (owner, name);

    /// <summary>The person or organisation.</summary>
    public string Owner { get; }

    /// <summary>The model's own name.</summary>
    public string Name { get; }

    /// <summary>The name of its folder in the cache: models--OWNER--NAME.</summary>
    public string FolderName => $"models--{Owner}--{Name}";

    /// <summary>Reads OWNER/NAME.</summary>
    /// <param name="text">Anything.</param>
    /// <returns>The name; null where the text is not one.</returns>
    public static RepositoryName? Find(string text)
    {
        var match = Form().Match(text);
        return match.Success && !text.Contains("--", StringComparison.Ordinal) && !text.Contains("..", StringComparison.Ordinal)
            && !text.EndsWith(".git", StringComparison.Ordinal)
            ? new RepositoryName(match.Groups[1].Value, match.Groups[2].Value)
            : null;
    }

    /// <summary>Reads OWNER/NAME.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="HubException">The text is not a name.</exception>
    public static RepositoryName Parse(string text) => Find(text) ?? throw new HubException(
        $"'{Shortened.Of(text)}' is not the name of a model on the Hub. Write OWNER/NAME, such as HuggingFaceTB/SmolLM2-135M; " +
        "each part has letters, digits, '-', '_' and '.', begins and ends with a letter or digit, and holds neither '--' nor '..'.");

    /// <summary>Reads models--OWNER--NAME.</summary>
    /// <param name="folder">The name of a folder in the cache.</param>
    /// <returns>The name; null for a data set's folder, a name without an owner, and anything else.</returns>
    public static RepositoryName? FromFolder(string folder) =>
        folder.Split("--") is ["models", var owner, var name] ? Find($"{owner}/{name}") : null;

    /// <summary>OWNER/NAME.</summary>
    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(@"\A([A-Za-z0-9_](?:[A-Za-z0-9_\-.]{0,94}[A-Za-z0-9_])?)/([A-Za-z0-9_](?:[A-Za-z0-9_\-.]{0,94}[A-Za-z0-9_])?)\z")]
    private static partial Regex Form();
}
