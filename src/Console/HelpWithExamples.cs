using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The library's help page, then the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction page) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = page.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not RabbitCommand { Examples: var examples }) return code;
        Terminal.Out.WriteLine("Examples:");
        foreach (var example in examples) Terminal.Out.WriteLine($"  {example}");
        Terminal.Out.WriteLine();
        return code;
    }
}
