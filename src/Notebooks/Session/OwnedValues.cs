namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>The variables that cells declared with <c>using</c>, disposed when the session ends, the last first.</summary>
/// <remarks>
/// Not when a later cell declares the name anew: what an earlier cell built on the value may still be in use, and a cell that is run
/// twice would pull it from under that.
/// </remarks>
internal sealed class OwnedValues : IDisposable
{
    private readonly Stack<(object State, string Name)> _variables = new();

    /// <param name="state">The object that holds the variables of the cell that declared them.</param>
    /// <param name="names">Which of them.</param>
    public void Add(object state, IEnumerable<string> names)
    {
        foreach (var name in names)
            _variables.Push((state, name));
    }

    /// <summary>Disposes them all; one that fails does not keep the others from it.</summary>
    public void Dispose()
    {
        while (_variables.TryPop(out var variable))
        {
            try
            {
                DisposeValue(SessionVariable.Of(variable.Name, variable.State).Value);
            }
#pragma warning disable CA1031 // The session has ended: nobody is left to hear what a cell's object has to say.
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
