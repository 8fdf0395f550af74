using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Makes one file of the extension.</summary>
internal sealed class VsCodePackCommand : RabbitCommand
{
    private readonly Option<string?> _out =
        new("--out") { Description = "The file to write. Default: artifacts/llm-rabbit-holes.vsix.", HelpName = "FILE.vsix" };

    public VsCodePackCommand() : base("pack", "Compile the extension and pack it into one .vsix file.",
        "./rabbit vscode pack",
        "./rabbit vscode pack --out llm-rabbit-holes.vsix") => Add(_out);

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(_out) ?? ExtensionPackage.DefaultFile;
        await ExtensionPackage.PackAsync(file, cancellationToken);
        Terminal.Out.WriteLine($"{file}: {new FileInfo(file).Length / 1e6:0.0} MB");
        return ExitCode.Done;
    }
}
