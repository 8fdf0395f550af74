using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>The formatters of claims: those of every display, and the record from which the text and the book are rendered.</summary>
internal sealed class ClaimFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Claim>(ClaimRecord.MimeType, claim => claim.ToRecord().ToJson().ToJsonString()));
}
