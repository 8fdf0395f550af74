namespace LlmRabbitHoles.Devices;

/// <summary>Limits how many cores the calling thread's operations take.</summary>
internal static class ComputeThreads
{
    /// <summary>
    /// Below this many floating-point operations a pass is done before other cores have been woken for each of its products.
    /// </summary>
    private const double WorthSharing = 2e8;

    /// <summary>
    /// From now on the calling thread's operations take one core. Whoever starts such threads sets the number back when they have ended.
    /// </summary>
    public static void TakeOne()
    {
        // libtorch remembers for each thread how many cores its operations take, from its first operation on: asking is one.
        _ = get_num_threads();
        set_num_threads(1);
    }

    /// <summary>Lets work of this size take one core where that is quicker, until the result is disposed.</summary>
    /// <param name="operations">Floating-point operations: for a pass, 2 x parameters x tokens.</param>
    public static Share For(double operations)
    {
        var before = get_num_threads();
        if (before == 1 || operations >= WorthSharing) return default;
        set_num_threads(1);
        return new Share(before);
    }

    /// <summary>Gives the cores back that a piece of work did not take.</summary>
    /// <param name="before">The number to set; 0: nothing was changed.</param>
    public readonly ref struct Share(int before)
    {
        public void Dispose()
        {
            if (before > 0) set_num_threads(before);
        }
    }
}
