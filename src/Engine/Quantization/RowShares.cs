namespace LlmRabbitHoles.Quantization;

/// <summary>Shares the rows of a product among the processor's cores.</summary>
internal static class RowShares
{
    // Below this, waking another thread takes longer than it saves: about 6 microseconds, in which a core goes through as many numbers.
    private const long WorthAThread = 1 << 16;

    /// <summary>Runs work on all rows, in shares that follow each other.</summary>
    /// <param name="rows">Rows in all.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="work">Takes the first row of a share and how many it has.</param>
    public static void Run(long rows, long columns, Action<int, int> work)
    {
        var shares = (int)Math.Clamp(rows * columns / WorthAThread, 1, Math.Min(get_num_threads(), rows));
        if (shares == 1)
        {
            work(0, (int)rows);
            return;
        }
        Parallel.For(0, shares, share =>
        {
            var (first, end) = ((int)(rows * share / shares), (int)(rows * (share + 1) / shares));
            work(first, end - first);
        });
    }
}
