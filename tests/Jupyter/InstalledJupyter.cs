namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>A Jupyter with folders of its own, which knows the kernel because <c>./rabbit kernel install</c> was run for it.</summary>
internal sealed class InstalledJupyter : IDisposable
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(10);

    private readonly ScratchFolder _folder = new();

    /// <summary>Skips the test where there is no Jupyter.</summary>
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
    public static string Rabbit { get; } = Path.Combine(RepositoryRoot.Path, "rabbit");

    /// <summary>Where screenshots are kept for who looks at a run of CI.</summary>
    public static string Artifacts { get; } = Directory.CreateDirectory(Path.Combine(RepositoryRoot.Path, ".rabbit", "artifacts")).FullName;

    /// <summary>For programs that are to see this Jupyter and no other.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Its own folder.</summary>
    public ScratchFolder Folder => _folder;

    public void Dispose() => _folder.Dispose();
}
