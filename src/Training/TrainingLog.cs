using System.Globalization;
using System.Text;
using LlmRabbitHoles.Checkpoints;

namespace LlmRabbitHoles.Training;

/// <summary>A file that a training run adds a line to after each step: one JSON object with step, loss, learning_rate,
/// tokens_per_second and, where it was measured, validation_loss.</summary>
/// <remarks>It is only ever added to. A resumed run repeats the steps since the last checkpoint: of
/// a step's lines the last counts.</remarks>
public static class TrainingLog
{
    /// <summary>Its name in the checkpoint's folder.</summary>
    public const string FileName = "training.jsonl";

    /// <summary>Adds one step.</summary>
    /// <param name="folder">The checkpoint's.</param>
    /// <param name="progress">After the step.</param>
    public static void Add(string folder, TrainingProgress progress)
    {
        var validation = progress.ValidationLoss is { } loss ? $", \"validation_loss\": {Number(loss)}" : "";
        File.AppendAllText(Path.Combine(folder, FileName),
            $"{{\"step\": {progress.Step}, \"loss\": {Number(progress.Loss)}{validation}, " +
            $"\"learning_rate\": {Number(progress.LearningRate)}, " +
            $"\"tokens_per_second\": {Number(Math.Round(progress.TokensPerSecond))}}}\n");
    }

    /// <summary>All steps in their order.</summary>
    /// <param name="folder">The checkpoint's; without a log there are none.</param>
    /// <exception cref="CheckpointException">A line is not such a JSON object; the message names it.</exception>
    /// <returns>Step, loss of the step and, where it was measured, loss on held-out texts.</returns>
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

    // A run that was killed may leave half a line.
    private static bool IsComplete(string line) => line.StartsWith('{') && line.EndsWith('}');

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
