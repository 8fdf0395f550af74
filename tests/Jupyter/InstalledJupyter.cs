using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>A Jupyter with its own folders, where <c>./rabbit kernel install</c> has installed the kernel.</summary>
internal sealed class InstalledJupyter : IDisposable
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(10);

    private readonly ScratchFolder _folder = new();

    /// <summary>Skips the test when Jupyter is missing.</summary>
    public InstalledJupyter(bool install = true)
    {
        DebianPackages.NeedJupyter();
        Environment = new Dictionary<string, string>
        {
            ["JUPYTER_DATA_DIR"] = Path.Combine(_folder.Path, "data"),
            ["JUPYTER_CONFIG_DIR"] = Path.Combine(_folder.Path, "config"),
            ["JUPYTER_RUNTIME_DIR"] = Path.Combine(_folder.Path, "runtime"),
            ["IPYTHONDIR"] = Path.Combine(_folder.Path, "ipython"),
        };
        if (!install)
            return;
        var installed = Outcome.Of(InstallPatience, "/", Environment, Rabbit, "kernel", "install");
        Assert.True(installed.ExitCode == 0, installed.Story);
    }

    /// <summary>The script, as a reader calls it.</summary>
    public static string Rabbit { get; } = Path.Combine(Repository.Root, "rabbit");

    /// <summary>The folder for screenshots of a CI run.</summary>
    public static string Artifacts { get; } = Directory.CreateDirectory(Path.Combine(Repository.Root, ".rabbit", "artifacts")).FullName;

    /// <summary>The environment for programs that use this Jupyter.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Its own folder.</summary>
    public ScratchFolder Folder => _folder;

    public void Dispose() => _folder.Dispose();
}
