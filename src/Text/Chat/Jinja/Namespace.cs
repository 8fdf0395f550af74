namespace LlmRabbitHoles.Chat.Jinja;

/// <summary>An object whose attributes a template may set, also from inside a loop.</summary>
internal sealed class Namespace
{
    /// <summary>The attributes.</summary>
    public Dictionary<string, object?> Attributes { get; } = [];
}
