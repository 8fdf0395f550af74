using LlmRabbitHoles.Notebooks.Session.Language;

namespace LlmRabbitHoles.Notebooks.Session;

/// <content>Questions about code that is being written. They are answered while a cell runs, from what the cells before it have made.</content>
public sealed partial class CSharpSession
{
    /// <summary>How <paramref name="code"/> may go on at <paramref name="cursor"/>.</summary>
    /// <param name="code">A cell, finished or not.</param>
    /// <param name="cursor">In UTF-16 units from the start; one outside of the code is moved to its nearer end.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<CompletionList> CompleteAsync(string code, int cursor, CancellationToken cancellation = default)
    {
        await _warm.WaitAsync(cancellation);
        return await Task.Run(() => Completer.Complete(code, cursor, _chain.Latest, cancellation), cancellation);
    }

    /// <summary>What stands at <paramref name="cursor"/>: its signature and what its author says about it.</summary>
    /// <param name="code">A cell, finished or not.</param>
    /// <param name="cursor">In UTF-16 units from the start; one outside of the code is moved to its nearer end.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>Null when nothing that has a name stands there.</returns>
    public async Task<Inspection?> InspectAsync(string code, int cursor, CancellationToken cancellation = default)
    {
        await _warm.WaitAsync(cancellation);
        return await Task.Run(() => Inspector.Inspect(code, cursor, _chain.Latest, cancellation), cancellation);
    }

    /// <summary>Whether <paramref name="code"/> can be run as it stands.</summary>
#pragma warning disable CA1822 // What a cell is, is asked of a session.
    public Completeness IsComplete(string code) => CompletenessCheck.Of(code);
#pragma warning restore CA1822
}
