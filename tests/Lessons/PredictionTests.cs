using LlmRabbitHoles.Notebooks.Checking;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Lessons.Tests;

public sealed class PredictionTests
{
    private static PredictionRecord RecordOf(Prediction prediction) =>
        Assert.IsType<PredictionRecord>(LessonOutputs.Prediction(new DisplayOutput(ValueFormatter.Format(prediction), [])));

    [Theory]
    [InlineData(null, null, "○ tokens: 14. No guess was written down")]
    [InlineData(double.NaN, null, "○ tokens: 14. No guess was written down")]
    [InlineData(14.0, true, "✔ tokens: you said 14, and 14 it is.")]
    [InlineData(16.0, true, "✔ tokens: you said 16, it is 14: close enough.")]
    [InlineData(17.0, false, "✘ tokens: you said 17, it is 14.")]
    [InlineData(-1e9, false, "✘ tokens: you said")]
    [InlineData(double.PositiveInfinity, false, "✘ tokens: you said ∞")]
    public void AGuessIsScoredAndAMissingGuessIsAllowed(double? guess, bool? close, string text)
    {
        var prediction = Prediction.Score("tokens", guess, actual: 14, closeWithin: 2);
        Assert.Equal(close, prediction.IsClose);
        Assert.StartsWith(text, prediction.ToText(), StringComparison.Ordinal);
        Assert.Equal((close, 14), (RecordOf(prediction).IsClose, RecordOf(prediction).Actual));
    }
}
