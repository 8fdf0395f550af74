using System.Text.Json;

namespace LlmRabbitHoles.Chat;

/// <summary>What a model is told of a tool: enough to call it.</summary>
public interface IToolSignature
{
    /// <summary>What the model writes to call it.</summary>
    string Name { get; }

    /// <summary>What it does, in a few words; the model reads this.</summary>
    string Description { get; }

    /// <summary>Names of its arguments, in order; all of them text unless <see cref="Schema"/> says otherwise.</summary>
    IReadOnlyList<string> Parameters { get; }

    /// <summary>The JSON schema of the arguments, an object. Default null: each of <see cref="Parameters"/> is a text and needed.</summary>
    JsonElement? Schema => null;
}
