using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Tiers;

namespace LlmRabbitHoles.CommandLine;

/// <summary>An exercise and where it stands.</summary>
/// <param name="Number">The hole's number and its own: 1.3.2.</param>
/// <param name="Hole">The hole's title.</param>
/// <param name="Path">The notebook's file.</param>
/// <param name="Notebook">The notebook.</param>
/// <param name="Exercise">The exercise in it.</param>
internal sealed record ShelvedExercise(string Number, string Hole, string Path, Notebook Notebook, NotebookExercise Exercise);

/// <summary>The exercises of all notebooks, numbered by tier and place as the map numbers its holes.</summary>
/// <param name="ownCopy">
/// Where the reader's own copy of a hole's notebook may lie; it is taken where it exists. Null: the originals.
/// </param>
internal sealed class ExerciseShelf(Func<RabbitHole, string>? ownCopy = null)
{
    private readonly Curriculum _curriculum = Curriculum.Load(Repository.Root);

    /// <summary>Every exercise there is, in the order of the map.</summary>
    public IReadOnlyList<ShelvedExercise> All() =>
        [.. _curriculum.Holes.Where(hole => hole.Notebook is not null).SelectMany(hole => Of(hole, null))];

    /// <summary>The exercises of the hole 1.3, or the one exercise 1.3.2.</summary>
    /// <param name="number">The number that the reader gave.</param>
    /// <param name="copy">The notebook that the reader named; null: none.</param>
    /// <exception cref="UsageException">No exercise has that number; the message lists the existing ones.</exception>
    public IReadOnlyList<ShelvedExercise> Find(string number, string? copy)
    {
        if (_curriculum.Holes.FirstOrDefault(hole => IsOf(hole, number)) is not { } found)
            throw new UsageException($"There is no rabbit hole '{number}'; ./rabbit exercise --list shows the numbers.");
        if (found.Notebook is null && copy is null)
            throw new UsageException($"The rabbit hole {_curriculum.NumberOf(found)}, {found.Title}, is not written yet; " +
                "./rabbit exercise --list shows those that are.");
        var all = Of(found, copy).ToList();
        var chosen = number == _curriculum.NumberOf(found) ? all : [.. all.Where(exercise => exercise.Number == number)];
        return chosen.Count > 0 ? chosen : throw new UsageException(all.Count == 0
            ? $"The notebook '{copy ?? found.Notebook}' has no exercise."
            : $"There is no exercise {number}; {found.Title} has {all[0].Number} to {all[^1].Number}.");
    }

    // The root's number is 0, and its exercises are 0.1, 0.2, ...
    private bool IsOf(RabbitHole hole, string number) =>
        _curriculum.NumberOf(hole) is var own && (number == own
            || (number.StartsWith(own + ".", StringComparison.Ordinal)
                && !number[(own.Length + 1)..].Contains('.', StringComparison.Ordinal)));

    private IEnumerable<ShelvedExercise> Of(RabbitHole hole, string? copy)
    {
        var path = copy ?? (ownCopy?.Invoke(hole) is { } own && File.Exists(own) ? own : Repository.NotebookOf(hole));
        var notebook = NotebookReader.Read(path);
        var shown = copy ?? Path.GetRelativePath(Environment.CurrentDirectory, path);
        return NotebookExercises.Of(notebook).Select(exercise =>
            new ShelvedExercise($"{_curriculum.NumberOf(hole)}.{exercise.Number}", hole.Title, shown, notebook, exercise));
    }
}
