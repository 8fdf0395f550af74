namespace LlmRabbitHoles.Chat;

/// <summary>What a model is told of a tool: enough to call it.</summary>
public interface IToolSignature
{
    /// <summary>What the model writes to call it.</summary>
    string Name { get; }

    /// <summary>What it does, in a few words; the model reads this.</summary>
    string Description { get; }

    /// <summary>Names of its arguments, all of them text, in order.</summary>
    IReadOnlyList<string> Parameters { get; }
}
