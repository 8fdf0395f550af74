using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>The formatters of exercises: those of every display, and the verdict for programs.</summary>
internal sealed class ExerciseFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Exercise>(ExerciseRecord.MimeType, exercise => exercise.ToRecord().ToJson().ToJsonString()));
}
