using System.CommandLine;
using LlmRabbitHoles.Notebooks.Jupyter;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Makes the kernel known to Jupyter.</summary>
internal sealed class KernelInstallCommand : RabbitCommand
{
    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "An installation of Python that gets the kernel. Default: your own Jupyter folder.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Take the name from another C# kernel that has it." };

    public KernelInstallCommand() : base("install", "Let Jupyter run notebooks on this kernel.",
        "./rabbit kernel install",
        "./rabbit kernel install --prefix ~/venv")
    {
        Add(_prefix);
        Add(_force);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var installed = KernelInstallation.Install(RabbitScript.Path, parsed.GetValue(_prefix), parsed.GetValue(_force));
        Terminal.Out.WriteLine($"The C# kernel is installed as '{installed.Name}' in {installed.Folder}.");
        if (installed.Other is { } other)
        {
            Terminal.Out.WriteLine(
                $"'{other}' keeps the name that the notebooks ask for: choose \"C# (LLM Rabbit Holes)\" in Jupyter's Kernel menu, "
                + "or install with --force.");
        }

        Terminal.Out.WriteLine(JupyterLauncher.Find() is null
            ? $"There is no Jupyter in PATH. {JupyterLauncher.Remedy} Then: ./rabbit jupyter"
            : "Next: ./rabbit jupyter opens the first notebook.");
        return Task.FromResult(ExitCode.Done);
    }
}
