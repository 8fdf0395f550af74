namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Names the formatters of a type. C# notebook kernels find this attribute by its name, so no package is needed.</summary>
/// <remarks>The convention comes from .NET Interactive; the kernel of this repository follows it.</remarks>
/// <param name="formatterSourceType">A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type whose <c>CreateTypeFormatters()</c> yields the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>
    /// The mime types that an output carries, best first. Others are written only when asked for. Of those that are set, the ones that the
    /// source can write in this process.
    /// </summary>
    public string[] PreferredMimeTypes
    {
        get => Source() is { } source
            ? [.. field.Intersect(
                source.CreateTypeFormatters().Select(formatter => ((IDisplayFormatter)formatter).MimeType), StringComparer.Ordinal)]
            : field;
        set;
    } = [];

    private IFormatterSource? Source() => Activator.CreateInstance(FormatterSourceType) as IFormatterSource;
}

/// <summary>The method that a kernel looks for, by name, on the type in a <see cref="TypeFormatterSourceAttribute"/>.</summary>
internal interface IFormatterSource
{
    /// <returns>Objects with the properties MimeType and Type and the method <c>bool Format(object, TextWriter)</c>.</returns>
    IEnumerable<object> CreateTypeFormatters();
}
