using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>The formatters of predictions: those of every display, and the score for programs.</summary>
internal sealed class PredictionFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Prediction>(PredictionRecord.MimeType, prediction => prediction.ToRecord().ToJson().ToJsonString()));
}
