using LlmRabbitHoles.Notebooks.Session.Language;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <content>Questions about code that is being written. They are answered while a
/// cell runs, from what the cells before it have made.</content>
public sealed partial class CSharpSession
{
    /// <summary>How <paramref name="code"/> may go on at <paramref name="cursor"/>.</summary>
    /// <param name="code">A cell, finished or not.</param>
    /// <param name="cursor">In UTF-16 units from the start; one outside of the code is moved to its nearer end.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<CompletionList> CompleteAsync(string code, int cursor, CancellationToken cancellationToken = default) =>
        AskAsync(previous => Completer.Complete(code, cursor, previous, cancellationToken),
            new CompletionList(cursor, cursor, []), cancellationToken);

    /// <summary>The symbol at <paramref name="cursor"/>: its signature and its documentation.</summary>
    /// <param name="code">A cell, finished or not.</param>
    /// <param name="cursor">In UTF-16 units from the start; one outside of the code is moved to its nearer end.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when there is no named symbol.</returns>
    public Task<Inspection?> InspectAsync(string code, int cursor, CancellationToken cancellationToken = default) =>
        AskAsync(previous => Inspector.Inspect(code, cursor, previous, cancellationToken), null, cancellationToken);

    /// <summary>The overloads of the call around <paramref name="cursor"/>.</summary>
    /// <param name="code">A cell, finished or not.</param>
    /// <param name="cursor">In UTF-16 units from the start; one outside of the code is moved to its nearer end.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when the cursor is not inside a call, or the called method is unknown.</returns>
    public Task<SignatureHelp?> HelpWithSignatureAsync(string code, int cursor, CancellationToken cancellationToken = default) =>
        AskAsync(previous => SignatureFinder.Find(code, cursor, previous, cancellationToken), null, cancellationToken);

    /// <summary>
    /// What the compiler would say about <paramref name="code"/>: its errors,
    /// warnings and remarks, in the order of their places.
    /// </summary>
    /// <param name="code">A cell, finished or not. It is not run, and a <c>#r "nuget:..."</c> in it restores nothing.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<IReadOnlyList<CellDiagnostic>> DiagnoseAsync(string code, CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<CellDiagnostic>>(previous => Diagnoser.Diagnose(code, previous, cancellationToken), [], cancellationToken);

    /// <summary>Whether <paramref name="code"/> can be run as it stands.</summary>
#pragma warning disable CA1822 // What a cell is, is asked of a session.
    public Completeness IsComplete(string code) => CompletenessCheck.Of(code);
#pragma warning restore CA1822

    /// <summary>Answers <paramref name="none"/> for code that is nested too deeply.</summary>
    private async Task<T> AskAsync<T>(Func<CSharpCompilation, T> question, T none, CancellationToken cancellationToken)
    {
        await _warm.WaitAsync(cancellationToken);
        return await Task.Run(Answer, cancellationToken);

        T Answer()
        {
            try
            {
                return question(_chain.Latest);
            }
            catch (Exception deep) when (deep is CompilationErrorException or InsufficientExecutionStackException)
            {
                return none;
            }
        }
    }
}
