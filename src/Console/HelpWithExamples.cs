using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The library's help page, then the command's examples, or the makers' commands under those of readers.</summary>
internal sealed class HelpWithExamples(HelpAction page) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = page.Invoke(parseResult);
        if (parseResult.CommandResult.Command is RootCommand root) ListMakers(root);
        if (parseResult.CommandResult.Command is not RabbitCommand { Examples: var examples }) return code;
        Terminal.Out.WriteLine("Examples:");
        foreach (var example in examples) Terminal.Out.WriteLine($"  {example}");
        Terminal.Out.WriteLine();
        return code;
    }

    private static void ListMakers(RootCommand root)
    {
        var makers = root.Subcommands.Where(command => command.Hidden).ToList();
        var widest = makers.Max(command => command.Name.Length);
        Terminal.Out.WriteLine("Commands for makers of models:");
        foreach (var command in makers) Terminal.Out.WriteLine($"  {command.Name.PadRight(widest)}  {FirstSentence(command.Description!)}");
        Terminal.Out.WriteLine();
    }

    private static string FirstSentence(string text) => text.Split(". ", 2)[0].TrimEnd('.') + ".";
}
