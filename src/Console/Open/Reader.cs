using LlmRabbitHoles.Notebooks.Running;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A way to read the series.</summary>
internal abstract class Reader
{
    /// <summary>All of them, the one to take first at the front.</summary>
    public static IReadOnlyList<Reader> All { get; } = [new VsCodeReader(), new JupyterReader(), new BookReader()];

    /// <summary>What <c>--with</c> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Why it cannot be used here, and how to fix that, as a sentence; null when it can.</summary>
    public abstract string? WhyNot();

    /// <summary>Opens a rabbit hole that is written.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public abstract Task<int> OpenAsync(RabbitHole hole, CancellationToken cancellationToken);

    /// <summary>The notebook's full path.</summary>
    protected static string NotebookOf(RabbitHole hole) => Path.Combine([Repository.Root, .. hole.Notebook!.Split('/')]);

    /// <summary>Runs another program on this terminal until it ends.</summary>
    protected static Task<int> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(program, arguments, Repository.Root, cancellationToken);
}
