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
    /// <param name="hole">The rabbit hole.</param>
    /// <param name="notebook">The full path of its notebook, or of the reader's own copy.</param>
    /// <param name="cancellationToken">Ends the program that this waits for.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public abstract Task<int> OpenAsync(RabbitHole hole, string notebook, CancellationToken cancellationToken);

    /// <summary>The first reader that can be used here. Each that is skipped says why, so that the missing editor is explained.</summary>
    /// <param name="readers">The one to take first at the front.</param>
    /// <param name="name">The one that was asked for; null: any.</param>
    /// <returns>Null when none can be used.</returns>
    /// <exception cref="WorkFailedException">The one that was asked for cannot be used.</exception>
    public static Reader? Choose(IEnumerable<Reader> readers, string? name)
    {
        foreach (var reader in readers.Where(reader => name is null || reader.Name == name))
        {
            if (reader.WhyNot() is not { } reason)
                return reader;
            if (name is not null)
                throw new WorkFailedException(reason);
            Terminal.Error.WriteLine(reason);
        }

        return null;
    }

    /// <summary>Runs another program on this terminal until it ends.</summary>
    protected static Task<int> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(program, arguments, Repository.Root, cancellationToken);
}
