using System.CommandLine;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Says what is there, what is broken, and how to fix it.</summary>
internal sealed class DoctorCommand : RabbitCommand
{
    private readonly ModelOptions _model = new();

    public DoctorCommand() : base("doctor", "Check the SDK, the tensor library, the device, its speed and the model.",
        "./rabbit doctor",
        "./rabbit doctor --model data/models/alice") => _model.AddTo(this);

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var broken = 0;
        foreach (var finding in new Checkup(_model.Folder(parsed), _model.Device(parsed)).Run())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Show(finding);
            if (!finding.IsWell) broken++;
        }
        if (broken == 0) return Task.FromResult(ExitCode.Done);
        Terminal.Error.WriteLine($"rabbit: {broken} of these need fixing.");
        return Task.FromResult(ExitCode.Failed);
    }

    private static void Show(Finding finding)
    {
        var mark = finding.IsWell ? "[green]ok  [/]" : "[red]FAIL[/]";
        Terminal.Result.MarkupLine($"{mark}  {finding.Subject,-15} {finding.Found.EscapeMarkup()}");
        if (!finding.IsWell) Terminal.Result.MarkupLine($"      {"",-15} [yellow]{finding.Remedy!.EscapeMarkup()}[/]");
    }
}
