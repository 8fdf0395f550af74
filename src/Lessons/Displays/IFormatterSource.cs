namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>What a kernel looks for, by name, on the type that a <see cref="TypeFormatterSourceAttribute"/> names.</summary>
internal interface IFormatterSource
{
    /// <returns>Objects with the properties MimeType and Type and the method <c>bool Format(object, TextWriter)</c>.</returns>
    IEnumerable<object> CreateTypeFormatters();
}
