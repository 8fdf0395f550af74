using System.Text.Json.Nodes;
using LlmRabbitHoles.Lessons;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>Reads claims, exercises and their proofs from the data in a notebook's outputs.</summary>
public static class LessonOutputs
{
    /// <summary>The claim that an output shows; null if it shows something else.</summary>
    public static ClaimRecord? Claim(CellOutput output) =>
        Data(output, ClaimRecord.MimeType) is { } json ? ClaimRecord.FromJson(json) : null;

    /// <summary>The exercise that an output shows; null if it shows something else.</summary>
    public static ExerciseRecord? Exercise(CellOutput output) =>
        Data(output, ExerciseRecord.MimeType) is { } json ? ExerciseRecord.FromJson(json) : null;

    /// <summary>The proof of an exercise's check that an output shows; null if it shows something else.</summary>
    public static ExerciseProofRecord? Proof(CellOutput output) =>
        Data(output, ExerciseProofRecord.MimeType) is { } json ? ExerciseProofRecord.FromJson(json) : null;

    /// <summary>The representations of an output; null for a stream or an error.</summary>
    internal static MimeBundle? Representations(CellOutput output) => output switch
    {
        ResultOutput result => result.Data,
        DisplayOutput display => display.Data,
        _ => null,
    };

    private static JsonObject? Data(CellOutput output, string mimeType) => Representations(output)?.Find(mimeType) as JsonObject;
}
