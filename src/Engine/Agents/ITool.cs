namespace LlmRabbitHoles.Agents;

/// <summary>Something a model can ask to be done, and whose result it then reads.</summary>
public interface ITool
{
    /// <summary>What the model writes to call it.</summary>
    string Name { get; }

    /// <summary>What it does, in a few words; the model reads this.</summary>
    string Description { get; }

    /// <summary>Names of its arguments, all of them text, in order.</summary>
    IReadOnlyList<string> Parameters { get; }

    /// <summary>Does it.</summary>
    /// <param name="arguments">A value for each parameter.</param>
    /// <returns>What the model reads.</returns>
    /// <exception cref="ToolException">The arguments make no sense to the tool.</exception>
    string Invoke(IReadOnlyDictionary<string, string> arguments);
}
