namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>A step of a run, reported from the thread that made it.</summary>
/// <param name="Path">The notebook.</param>
public abstract record RunProgress(string Path);

/// <summary>A notebook was read and its kernel is being started.</summary>
/// <param name="Path">The notebook.</param>
/// <param name="Cells">How many code cells will run.</param>
public sealed record NotebookStarted(string Path, int Cells) : RunProgress(Path);

/// <summary>A cell has started.</summary>
/// <param name="Path">The notebook.</param>
/// <param name="Number">1 for the first code cell that is not empty.</param>
/// <param name="Cells">How many there are.</param>
public sealed record NotebookCellStarted(string Path, int Number, int Cells) : RunProgress(Path);

/// <summary>A cell has ended.</summary>
/// <param name="Path">The notebook.</param>
/// <param name="Cells">How many cells there are.</param>
/// <param name="Cell">Its report.</param>
public sealed record NotebookCellFinished(string Path, int Cells, CellReport Cell) : RunProgress(Path);

/// <summary>A notebook has ended, successfully or not.</summary>
/// <param name="Path">The notebook.</param>
/// <param name="Report">Its report.</param>
public sealed record NotebookFinished(string Path, NotebookReport Report) : RunProgress(Path);
