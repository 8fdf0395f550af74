using System.Text.Json;
using LlmRabbitHoles.Notebooks.Session;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Events;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>Reads commands, one JSON object per line. Refuses a malformed line and goes on with the next.</summary>
/// <remarks>
/// Questions about C# are answered here, because the package would make them wait for the running cell.
/// </remarks>
internal sealed class CommandReader(TextReader lines, RabbitKernel csharp, InputQuestions questions, Action<KernelEvent> send)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the end of the input.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The next command that is not answered here. Waits until cancelled at the end of the input.</summary>
    public async Task<CommandOrEvent> ReadAsync(CancellationToken cancellationToken)
    {
        while (await NextLineAsync(cancellationToken) is { } line)
        {
            if (Read(line) is { } read)
                return read;
        }

        _ended.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new OperationCanceledException(cancellationToken);
    }

    private async Task<string?> NextLineAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadLineAsync(cancellationToken);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return null;
        }
    }

    private CommandOrEvent? Read(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return null;
        try
        {
            var read = Serializer.DeserializeCommandOrEvent(line);
            if (read.Event is { } said)
            {
                questions.Take(said);
                return null;
            }

            switch (read.Command)
            {
                case SubmitCode submit:
                    return new CommandOrEvent(Protected(submit));
                case LanguageServiceCommand question when IsAnsweredHere(question, question.Code, question.LinePosition.Line):
                case RequestDiagnostics diagnostics when IsAnsweredHere(diagnostics, diagnostics.Code, 0):
                    _ = AnswerAsync(read.Command);
                    return null;
                default:
                    return read;
            }
        }
#pragma warning disable CA1031 // Well-formed JSON can fail in many ways (half an emoji, a key that stands twice); none may end the kernel.
        catch (Exception refused)
#pragma warning restore CA1031
        {
            Refuse(line, refused);
            return null;
        }
    }

    private static SubmitCode Protected(SubmitCode submit)
    {
        var code = StringLines.Protect(submit.Code);
        if (ReferenceEquals(code, submit.Code))
            return submit;
        var copy = new SubmitCode(code, submit.TargetKernelName) { OriginUri = submit.OriginUri, DestinationUri = submit.DestinationUri };
        copy.SetToken(submit.GetOrCreateToken());
        return copy;
    }

    /// <summary>
    /// The package answers questions about lines for the kernel. While a cell runs, those about pure C# are answered here.
    /// </summary>
    private bool IsAnsweredHere(KernelCommand question, string code, int line)
    {
        if (!(question.TargetKernelName is null or "csharp" or "c#" or "C#")
            || question.DestinationUri is { } there && there.AbsolutePath != "/csharp")
            return false;
        if (!code.Contains("#!", StringComparison.Ordinal))
            return true;
        var all = code.Split('\n');
        return csharp.IsRunning && line < all.Length && !all[line].StartsWith("#!", StringComparison.Ordinal)
            && !CellSource.HasOtherLanguage(code);
    }

    private async Task AnswerAsync(KernelCommand question)
    {
        try
        {
            if (await csharp.AnswerAsync(question, CancellationToken.None) is { } answer)
                send(answer);
            send(new CommandSucceeded(question));
        }
#pragma warning disable CA1031 // A question that fails must not end the kernel; its asker is told.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            send(new CommandFailed(failed, question));
        }
    }

    private void Refuse(string line, Exception reason)
    {
        var message = $"The line is not a command: {reason.Message}";
        var nothing = new SubmitCode("");
        if (TokenIn(line) is { } token)
            nothing.SetToken(token);
        send(new CommandFailed(reason, nothing, message));
    }

    /// <summary>The command token in the line, for which the sender waits; null when it cannot be read.</summary>
    private static string? TokenIn(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.TryGetProperty("token", out var token) ? token.GetString() : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
