using System.CommandLine;
using LlmRabbitHoles.Notebooks.Jupyter;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Makes the kernel unknown to Jupyter again.</summary>
internal sealed class KernelUninstallCommand : RabbitCommand
{
    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "The installation of Python that has it. Default: your own Jupyter folder.",
        HelpName = "DIR",
    };

    public KernelUninstallCommand() : base("uninstall", "Remove this kernel, and no other, from Jupyter.",
        "./rabbit kernel uninstall") => Add(_prefix);

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var removed = KernelInstallation.Uninstall(parsed.GetValue(_prefix));
        Terminal.Out.WriteLine(removed.Count == 0 ? "The kernel was not installed there." : $"Removed {string.Join(" and ", removed)}.");
        return Task.FromResult(ExitCode.Done);
    }
}
