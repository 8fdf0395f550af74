using System.Text.RegularExpressions;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.DotNet.Interactive.Events;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>Turns events of a cell into outputs of its notebook.</summary>
internal static partial class EventOutput
{
    /// <summary>The message of .NET Interactive for a cancelled command.</summary>
    private const string Cancelled = "Command cancelled.";

    /// <param name="one">An event of the cell, or of a command that it was split into.</param>
    /// <param name="count">The cell's number.</param>
    /// <returns>Null for an event that shows nothing.</returns>
    public static CellOutput? Of(KernelEvent one, int? count) => one switch
    {
        StandardOutputValueProduced said => new StreamOutput("stdout", TextOf(said)),
        StandardErrorValueProduced said => new StreamOutput("stderr", TextOf(said)),
        // An imported cell ended; the cell that imports it goes on.
        ErrorProduced wrong => new StreamOutput("stderr", $"{wrong.Message}\n"),
        DisplayedValueUpdated shown => new DisplayOutput(DataOf(shown), []) { DisplayId = shown.ValueId, IsUpdate = true },
        ReturnValueProduced result => new ResultOutput(count, DataOf(result), []),
        DisplayEvent shown => new DisplayOutput(DataOf(shown), []) { DisplayId = shown.ValueId },
        CommandFailed failed => ErrorOf(failed.Message ?? ""),
        _ => null,
    };

    /// <summary>Parses the error text of the protocol: a headline, then the stack frames.</summary>
    public static ErrorOutput ErrorOf(string message)
    {
        if (message == Cancelled)
            return ErrorReport.OfInterruption(stopped: true);
        var lines = message.Split('\n');
        if (Refusal().IsMatch(message))
            return new ErrorOutput("CompilationError", message, lines);
        var frames = Array.FindIndex(
            lines, line => line.StartsWith("   at ", StringComparison.Ordinal) || line.StartsWith(" ---> ", StringComparison.Ordinal));
        var headline = string.Join('\n', frames < 0 ? lines : lines[..frames]);
        var thrown = Headline().Match(headline);
        return new ErrorOutput(
            thrown.Success ? thrown.Groups["name"].Value : "Error", thrown.Success ? thrown.Groups["value"].Value : headline,
            frames < 0 ? [headline] : [headline, .. lines[frames..]]);
    }

    private static string TextOf(DisplayEvent said) => string.Concat(said.FormattedValues.Select(value => value.Value));

    private static MimeBundle DataOf(DisplayEvent shown) =>
        ValueFormatter.Bundle(shown.FormattedValues.Where(value => !value.SuppressDisplay));

    [GeneratedRegex(@"^[^\n]*\(\d+,\d+\): error \w+:")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"^(?<name>[\w`+]+(\.[\w`+]+)*(\[.*?\])?): (?<value>.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Headline();
}
