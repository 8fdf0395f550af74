using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Draws a training run's log as a picture beside the checkpoint.</summary>
internal static class LossCurve
{
    private const string FileName = "loss.svg";
    private const int Points = 200;

    /// <param name="folder">Holds the log; without one nothing is drawn.</param>
    /// <param name="model">Whose loss it is.</param>
    public static void Write(string folder, string model)
    {
        var steps = TrainingLog.Read(folder);
        if (steps.Count == 0) return;
        // A step's loss jumps with its texts: the mean of neighbours shows the way.
        var means = steps.Chunk((steps.Count + Points - 1) / Points).Select(c => (Step: c[^1].Step, Loss: c.Average(s => s.Loss))).ToList();
        var figure =
            Figure.Line($"Loss of {model}", means.Select(m => m.Step), means.Select(m => m.Loss), "step", "loss (nats)", "training");
        var heldOut = steps.Where(s => s.ValidationLoss is not null).ToList();
        if (heldOut.Count > 1)
            figure = figure.AddLine("held out", heldOut.Select(s => s.Step), heldOut.Select(s => s.ValidationLoss!.Value));
        AsideFile.WriteAllText(Path.Combine(folder, FileName), figure.ToSvg());
    }
}
