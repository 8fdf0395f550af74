namespace LlmRabbitHoles.Model;

/// <summary>
/// Lets a host stop long work that was not given a token, as that of a notebook's cell: between layers of a forward, before the cache has
/// taken the forward's tokens as its own, and between steps of training.
/// </summary>
public static class HostInterrupt
{
    /// <summary>Throws when the work that the calling thread does is to stop. Null, the default, lets it go on.</summary>
    public static Action? Check { get; set; }
}
