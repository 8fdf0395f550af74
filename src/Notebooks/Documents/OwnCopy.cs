using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Checking;

namespace LlmRabbitHoles.Notebooks.Documents;

/// <summary>A reader's own copy of a notebook, to write into: without solutions, and with a note of what it was copied from.</summary>
public static class OwnCopy
{
    private const string Key = "rabbit";
    private const string Origin = "copied_from_sha256";

    /// <summary>Writes a copy of a notebook.</summary>
    /// <param name="original">The notebook's file.</param>
    /// <param name="copy">Where the copy goes; a file that is there is replaced.</param>
    public static void Write(string original, string copy)
    {
        var notebook = NotebookReader.Read(original);
        foreach (var solution in NotebookExercises.Of(notebook).Select(exercise => exercise.Solution).OfType<CodeCell>())
            notebook.Cells.Remove(solution);
        notebook.Metadata[Key] = new JsonObject { [Origin] = HashOf(original) };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(copy))!);
        NotebookWriter.Write(notebook, copy);
    }

    /// <summary>Whether the original has changed since the copy was made.</summary>
    /// <param name="original">The notebook's file.</param>
    /// <param name="copy">A copy that <see cref="Write"/> made.</param>
    public static bool IsOutdated(string original, string copy) =>
        (string?)NotebookReader.Read(copy).Metadata[Key]?[Origin] != HashOf(original);

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
