using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.CommandLine;

/// <summary>An editor of VS Code's family that this machine has, driven by its command.</summary>
internal sealed record Editor
{
    private static readonly (string Command, string Name)[] Known =
    [
        ("code", "VS Code"),
        ("code-insiders", "VS Code Insiders"),
        ("codium", "VSCodium"),
        ("code-server", "code-server"),
    ];

    private readonly string _program;

    private Editor(string name, string command, string program) => (Name, Command, _program) = (name, command, program);

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>What is typed to start it: "code".</summary>
    public string Command { get; }

    /// <summary>The commands that are looked for, in this order.</summary>
    public static IReadOnlyList<string> Commands { get; } = [.. Known.Select(known => known.Command)];

    /// <summary>
    /// Whether a file can be shown in it from here: code-server only shows one in a window from whose terminal it is asked.
    /// </summary>
    public bool CanOpen => Command != "code-server" || Environment.GetEnvironmentVariable("VSCODE_IPC_HOOK_CLI") is { Length: > 0 };

    /// <summary>The editors in PATH, the most likely one first.</summary>
    public static IReadOnlyList<Editor> Installed() =>
    [
        .. from known in Known
           let program = ChildProcess.InPath(known.Command)
           where program is not null
           select new Editor(known.Name, known.Command, program),
    ];

    /// <summary>Whether it has the extension of this repository; false as well where it does not answer.</summary>
    public bool HasExtension() => Run("--list-extensions") is (0, var extensions, _)
        && extensions.Split('\n').Any(line => line.Trim().Equals(ExtensionPackage.Id, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="WorkFailedException">The editor refuses.</exception>
    public void Install(string package)
    {
        var (exitCode, output, error) = Run("--install-extension", package, "--force");
        if (exitCode != 0)
            throw new WorkFailedException(
                $"{Command} --install-extension '{package}' failed with exit code {exitCode}: {(error + output).Trim()}");
    }

    /// <summary>Shows a file in a window whose folder is this one.</summary>
    /// <exception cref="WorkFailedException">The editor refuses.</exception>
    public void Open(string folder, string file)
    {
        var (exitCode, output, error) = Run(Path.GetFullPath(folder), Path.GetFullPath(file));
        if (exitCode != 0)
            throw new WorkFailedException($"{Command} could not open '{file}' (exit code {exitCode}): {(error + output).Trim()}");
    }

    private ProgramResult Run(params string[] arguments) =>
        ChildProcess.CaptureAsync(_program, arguments, Environment.CurrentDirectory, "", CancellationToken.None).GetAwaiter().GetResult();
}
