using System.Globalization;
using System.Text;
using LlmRabbitHoles.Checkpoints;

namespace LlmRabbitHoles.Training;

/// <summary>A file of JSON lines, one for each training step: step, loss, learning_rate, tokens_per_second and, if it was measured,
/// validation_loss.</summary>
/// <remarks>Lines are only ever appended. A resumed run repeats the steps since the last checkpoint, so the last line of a step
/// counts.</remarks>
public static class TrainingLog
{
    /// <summary>The name of the file in the checkpoint's folder.</summary>
    public const string FileName = "training.jsonl";

    /// <summary>Appends one step.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="progress">The report of the step.</param>
    public static void Add(string folder, TrainingProgress progress)
    {
        var validation = progress.ValidationLoss is { } loss ? $", \"validation_loss\": {Number(loss)}" : "";
        File.AppendAllText(Path.Combine(folder, FileName),
            $"{{\"step\": {progress.Step}, \"loss\": {Number(progress.Loss)}{validation}, " +
            $"\"learning_rate\": {Number(progress.LearningRate)}, " +
            $"\"tokens_per_second\": {Number(Math.Round(progress.TokensPerSecond))}}}\n");
    }

    /// <summary>Reads all steps in order.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <exception cref="CheckpointException">A line is not a JSON object with step and loss. The message names the line.</exception>
    /// <returns>Empty if the folder has no log. ValidationLoss is null where it was not measured.</returns>
    public static IReadOnlyList<(int Step, double Loss, double? ValidationLoss)> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return [];
        var steps = new SortedDictionary<int, (int, double, double?)>();
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            if (IsComplete(line)) AddLine(steps, line, $"{path}, line {index + 1}");
        }
        return [.. steps.Values];
    }

    private static void AddLine(SortedDictionary<int, (int, double, double?)> steps, string line, string place)
    {
        var json = JsonSection.Parse(place, Encoding.UTF8.GetBytes(line));
        if (json.OptionalNonNegative("step") is not { } number || number > int.MaxValue || !double.IsInteger(number))
            throw json.Missing("step", "a whole number");
        var step = (int)number;
        var loss = json.OptionalNonNegative("loss") ?? throw json.Missing("loss", "a number");
        steps[step] = (step, loss, json.OptionalNonNegative("validation_loss"));
    }

    // A killed run may leave half a line.
    private static bool IsComplete(string line) => line.StartsWith('{') && line.EndsWith('}');

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
