using LlmRabbitHoles.Hub;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Models named as the Hub names them, OWNER/NAME, found among those that were pulled.</summary>
internal static class ModelName
{
    private const string Variable = "RABBIT_MODEL";

    /// <summary>The path of the model meant.</summary>
    /// <param name="text">A path, or OWNER/NAME; after it may follow @REVISION, and a GGUF file as /FILE or :FILE.</param>
    /// <returns>A full path.</returns>
    /// <exception cref="WorkFailedException">It can only be a model of the Hub, and that was not pulled.</exception>
    public static string Resolve(string text) =>
        Path.Exists(text) || Pulled.Read(text) is not { } model ? Path.GetFullPath(text) : model.Find();

    /// <summary>Makes RABBIT_MODEL a path where it names a pulled model, for all that read it: this process, kernels, notebooks.</summary>
    public static void ResolveVariable()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text || Path.Exists(text)) return;
        if (Pulled.Read(text)?.TryFind() is { } path) Environment.SetEnvironmentVariable(Variable, path);
    }

    /// <summary>OWNER/NAME.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    public static RepositoryName Parse(string text)
    {
        try
        {
            return RepositoryName.Parse(text);
        }
        catch (HubException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    /// <param name="Name">The model.</param>
    /// <param name="Revision">Null for main.</param>
    /// <param name="File">Null for the model's folder.</param>
    private sealed record Pulled(RepositoryName Name, string? Revision, string? File)
    {
        public static Pulled? Read(string text)
        {
            var (rest, file) = Cut(text, ':');
            if (file is null && rest.Split('/') is [var owner, var name, .. { Length: > 0 } path] && IsGguf(path[^1]))
                (rest, file) = ($"{owner}/{name}", string.Join('/', path));
            (rest, var revision) = Cut(rest, '@');
            return RepositoryName.Find(rest) is { } found ? new Pulled(found, revision, file) : null;
        }

        private string Command =>
            $"./rabbit pull {Name}{(Revision is null ? "" : $" --revision {Revision}")}{(File is null ? "" : $" --file {File}")}";

        public string? TryFind()
        {
            try
            {
                return HubCache.Of(HubEnvironment.Current).FindSnapshot(Name, Revision) is { } snapshot ? In(snapshot) : null;
            }
            catch (HubException)
            {
                return null;
            }
        }

        public string Find() => TryFind() ?? throw new WorkFailedException(
            $"The model '{Name}' is not here: no folder and no pulled model has this name. Run {Command}, or name another with " +
            "--model; ./rabbit models lists them.");

        // A repository of GGUF files has no config.json; its only file is the model.
        private string? In(string snapshot)
        {
            if (File is not null) return Path.Combine(snapshot, File) is var file && System.IO.File.Exists(file) ? file : null;
            if (System.IO.File.Exists(Path.Combine(snapshot, "config.json"))) return snapshot;
            return Directory.GetFiles(snapshot, "*.gguf") is [var only] ? only : snapshot;
        }

        private static (string Before, string? After) Cut(string text, char sign) =>
            text.IndexOf(sign) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

        private static bool IsGguf(string file) => file.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);
    }
}
