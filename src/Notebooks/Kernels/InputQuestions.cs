using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>Questions to the reader, sent to the front end as RequestInput commands and answered by its events.</summary>
/// <param name="send">Sends a command to the front end.</param>
internal sealed class InputQuestions(Func<KernelCommand, Task> send)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string?>> _open = new(StringComparer.Ordinal);

    /// <summary>The line that the reader types; null when the front end has none.</summary>
    public async Task<string?> AskAsync(string prompt, bool isSecret)
    {
        var question = new RequestInput(prompt, inputTypeHint: isSecret ? "password" : "text");
        var answer = _open[question.GetOrCreateToken()] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await send(question);
        return await answer.Task;
    }

    /// <summary>Takes the front end's answer to a question; ignores other events.</summary>
    public void Take(KernelEvent said)
    {
        var token = said.Command?.GetOrCreateToken() ?? "";
        if (said is InputProduced input && _open.TryRemove(token, out var asked))
            asked.TrySetResult(input.Value);
        else if (said is KernelCommandCompletionEvent && _open.TryRemove(token, out var ended))
            ended.TrySetResult(null);
    }
}
