namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>Completions on a line that is for the kernel: <c>#!time</c>.</summary>
internal static class KernelCommandLine
{
    /// <returns>Null when the cursor is on a line of C#.</returns>
    public static CompletionList? Complete(string code, int cursor)
    {
        var start = cursor == 0 ? 0 : code.LastIndexOf('\n', cursor - 1) + 1;
        if (!CellSource.IsCommand(code.AsSpan(start, cursor - start)))
            return null;
        start = code.IndexOf('#', start);
        var typed = code[start..cursor];
        return new CompletionList(
            start, cursor,
            [.. CellSource.Commands.Where(command => command.StartsWith(typed, StringComparison.Ordinal)).Select(
                command => new CompletionItem(command, "keyword", ""))]);
    }
}
