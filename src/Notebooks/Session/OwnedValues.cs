namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>The variables that cells declared with <c>using</c>, disposed when the session ends, the last first.</summary>
/// <remarks>
/// They are not disposed when a later cell redeclares the name: objects that use the value may still be in use, and running a cell
/// twice would dispose it under them.
/// </remarks>
internal sealed class OwnedValues : IDisposable
{
    private readonly Stack<(object State, string Name)> _variables = new();

    /// <param name="state">The object that holds the variables of the cell that declared them.</param>
    /// <param name="names">The names of the variables.</param>
    public void Add(object state, IEnumerable<string> names)
    {
        foreach (var name in names)
            _variables.Push((state, name));
    }

    /// <summary>Disposes all of them, even if one fails.</summary>
    public void Dispose()
    {
        while (_variables.TryPop(out var variable))
        {
            try
            {
                DisposeValue(SessionVariable.Of(variable.Name, variable.State).Value);
            }
#pragma warning disable CA1031 // The session has ended, so there is no cell to report an error to.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    private static void DisposeValue(object? value)
    {
        if (value is IDisposable disposable)
            disposable.Dispose();
        else if (value is IAsyncDisposable asynchronous)
            asynchronous.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
