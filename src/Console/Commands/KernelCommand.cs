using System.CommandLine;
using System.Runtime.CompilerServices;
using LlmRabbitHoles.Notebooks.Kernel;

namespace LlmRabbitHoles.CommandLine.Commands;

/// <summary>A C# kernel for notebooks, spoken to in JSON lines.</summary>
internal sealed class KernelCommand : RabbitCommand
{
    private readonly Option<bool> _stdio = new("--stdio")
    {
        Description = "Requests on stdin, events on stdout, one JSON object a line.",
    };

    public KernelCommand() : base("kernel", "Run cells for an editor or the notebook runner.", "./rabbit kernel --stdio") => Add(_stdio);

    public override bool HandlesInterrupts => true;

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (!parsed.GetValue(_stdio)) throw new UsageException("Say how the kernel is spoken to: --stdio.");
        await ServeAsync(cancellation);
        // Cells may have left threads behind.
        Environment.Exit(ExitCode.Done);
        return ExitCode.Done;
    }

    // Apart, so that only a kernel loads the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task ServeAsync(CancellationToken cancellation) =>
        KernelHost.RunAsync(System.Console.OpenStandardInput(), System.Console.OpenStandardOutput(), cancellation);
}
