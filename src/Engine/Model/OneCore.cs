namespace LlmRabbitHoles.Model;

/// <summary>Lets a thread compute with one core, beside others that do the same.</summary>
internal static class OneCore
{
    /// <summary>From now on the calling thread's operations take one core. Whoever starts such threads sets the number back when they have ended.</summary>
    public static void Take()
    {
        // libtorch remembers for each thread how many cores its operations take, from its first operation on: asking is one.
        _ = get_num_threads();
        set_num_threads(1);
    }
}
