using Microsoft.DotNet.Interactive.Commands;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>
/// Numbers the cells of all languages, as front ends do. A cell that a directive splits into several commands has one number.
/// </summary>
internal sealed class CellCounter
{
    private KernelCommand? _latest;

    /// <summary>The number of the latest cell; 0 before the first.</summary>
    public int Count { get; private set; }

    /// <summary>Whether cells are counted. A cell that the front end runs silently is not.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>The number of the cell with the root command <paramref name="root"/>.</summary>
    public int NumberOf(KernelCommand root)
    {
        if (root is SubmitCode cell && !ReferenceEquals(root, _latest))
        {
            _latest = root;
            if (Counts && !string.IsNullOrWhiteSpace(cell.Code))
                Count++;
        }

        return Count;
    }
}
