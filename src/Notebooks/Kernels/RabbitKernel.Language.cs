using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Language;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using CompletionItem = Microsoft.DotNet.Interactive.Events.CompletionItem;
using SourceText = Microsoft.CodeAnalysis.Text.SourceText;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <content>Questions about code that is being written.</content>
public sealed partial class RabbitKernel :
    IKernelCommandHandler<RequestCompletions>, IKernelCommandHandler<RequestHoverText>, IKernelCommandHandler<RequestSignatureHelp>,
    IKernelCommandHandler<RequestDiagnostics>
{
    Task IKernelCommandHandler<RequestCompletions>.HandleAsync(RequestCompletions command, KernelInvocationContext context) =>
        AnswerAsync(command, context);

    Task IKernelCommandHandler<RequestHoverText>.HandleAsync(RequestHoverText command, KernelInvocationContext context) =>
        AnswerAsync(command, context);

    Task IKernelCommandHandler<RequestSignatureHelp>.HandleAsync(RequestSignatureHelp command, KernelInvocationContext context) =>
        AnswerAsync(command, context);

    async Task IKernelCommandHandler<RequestDiagnostics>.HandleAsync(RequestDiagnostics command, KernelInvocationContext context) =>
        context.Publish((await AnswerAsync(command, context.CancellationToken))!);

    /// <summary>
    /// Answers without waiting for the running cell. A host that reads
    /// commands itself can ask here and bypass the package's queue.
    /// </summary>
    /// <param name="question">Its code may hold lines for the kernel; its position is one in the whole code.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when there is no answer.</returns>
    internal async Task<KernelEvent?> AnswerAsync(KernelCommand question, CancellationToken cancellationToken)
    {
        switch (question)
        {
            case RequestCompletions command:
                var list = await Session.CompleteAsync(command.Code, PlaceOf(command), cancellationToken);
                var items = list.Items.Select((one, at) => new CompletionItem(
                    one.Label, KindOf(one.Kind), one.Label, $"{at:D5}", one.Text,
                    documentation: string.Join("\n\n", one.Detail, one.Documentation).Trim()));
                return new CompletionsProduced([.. items], command, SpanOf(command.Code, list.Start, list.End));
            case RequestHoverText command when await Session.InspectAsync(command.Code, PlaceOf(command), cancellationToken) is { } found:
                return new HoverTextProduced(
                    command, [new("text/markdown", found.Markdown), new(MimeBundle.PlainText, found.PlainText)],
                    SpanOf(command.Code, found.Start, found.End));
            case RequestSignatureHelp command when await Session.HelpWithSignatureAsync(
                command.Code, PlaceOf(command), cancellationToken) is { } found:
                return new SignatureHelpProduced(
                    command, [.. found.Signatures.Select(SignatureOf)], found.ActiveSignature, found.ActiveParameter);
            case RequestDiagnostics command:
                var said = await Session.DiagnoseAsync(command.Code, cancellationToken);
                return new DiagnosticsProduced([.. said.Select(DiagnosticOf)],
                    [.. said.Select(one => new FormattedValue(MimeBundle.PlainText, one.ToString()))], command);
            default:
                return null;
        }
    }

    private static SignatureInformation SignatureOf(CallSignature signature) => new(
        signature.Label, new("text/markdown", signature.Documentation),
        [.. signature.Parameters.Select(one => new ParameterInformation(one.Label, new("text/markdown", one.Documentation)))]);

    private static Diagnostic DiagnosticOf(CellDiagnostic said) => new(SpanOf(said.Span), said.Severity, said.Id, said.Message);

    private async Task AnswerAsync(LanguageServiceCommand command, KernelInvocationContext context)
    {
        if (await AnswerAsync(command, context.CancellationToken) is { } answer)
            context.Publish(answer);
    }

    /// <summary>In UTF-16 units from the start; clamped to the code.</summary>
    private static int PlaceOf(LanguageServiceCommand command)
    {
        var lines = SourceText.From(command.Code).Lines;
        if (command.LinePosition.Line >= lines.Count)
            return command.Code.Length;
        var line = lines[Math.Max(command.LinePosition.Line, 0)];
        return Math.Clamp(line.Start + command.LinePosition.Character, line.Start, line.End);
    }

    private static LinePositionSpan SpanOf(string code, int start, int end) =>
        SpanOf(SourceText.From(code).Lines.GetLinePositionSpan(TextSpan.FromBounds(start, end)));

    private static LinePositionSpan SpanOf(Microsoft.CodeAnalysis.Text.LinePositionSpan span) =>
        new(new(span.Start.Line, span.Start.Character), new(span.End.Line, span.End.Character));

    private static string KindOf(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];
}
