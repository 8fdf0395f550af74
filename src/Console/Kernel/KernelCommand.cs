using System.CommandLine;
using System.Runtime.CompilerServices;
using LlmRabbitHoles.Notebooks.Jupyter;
using LlmRabbitHoles.Notebooks.Kernels;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A C# kernel for notebooks, spoken to in JSON lines or by Jupyter.</summary>
internal sealed class KernelCommand : RabbitCommand
{
    private readonly Option<bool> _stdio = new("--stdio")
    {
        Description = ".NET Interactive's commands on stdin, its events on stdout.",
    };

    private readonly Option<bool> _asks = new("--asks")
    {
        Description = "With --stdio: cells may read input; the program on the other side answers RequestInput commands.",
    };

    private readonly Option<string?> _connectionFile = new("--connection-file")
    {
        Description = "Jupyter's protocol, on the ports that this file names. Jupyter writes it.",
        HelpName = "FILE",
    };

    public KernelCommand() : base("kernel", "Run cells for an editor, the notebook runner or Jupyter.",
        "./rabbit kernel install",
        "./rabbit kernel --stdio")
    {
        Add(_stdio);
        Add(_asks);
        Add(_connectionFile);
        Add(new KernelInstallCommand());
        Add(new KernelUninstallCommand());
    }

    public override bool HandlesInterrupts => true;

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        switch (parsed.GetValue(_stdio), parsed.GetValue(_connectionFile))
        {
            case (true, null):
                await ServeStreamsAsync(parsed.GetValue(_asks), cancellationToken);
                break;
            case (false, { } file):
                await ServeJupyterAsync(file, cancellationToken);
                break;
            default:
                throw new UsageException("Say how the kernel is spoken to: --stdio or --connection-file FILE.");
        }

        // Cells may have left threads behind.
        Environment.Exit(ExitCode.Done);
        return ExitCode.Done;
    }

    // Apart, so that only a kernel loads the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task ServeStreamsAsync(bool asks, CancellationToken cancellationToken) =>
        StdioHost.RunAsync(asks, cancellationToken);

    // The cells' console is not the kernel's: its own complaints go to the stream that Jupyter logs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task ServeJupyterAsync(string connectionFile, CancellationToken cancellationToken) => JupyterKernel.RunAsync(
        connectionFile, new StreamWriter(System.Console.OpenStandardError()) { AutoFlush = true }, cancellationToken);
}
