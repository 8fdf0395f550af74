using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.DotNet.Interactive.Formatting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Something that a cell shows, and that can be made to show something else in its place, from later cells too.</summary>
/// <remarks>
/// .NET Interactive's own <c>Display()</c> shows one <see cref="DisplayedValue"/> and returns another, so that an update names a display
/// that no front end knows.
/// </remarks>
public sealed class ShownValue : DisplayedValue
{
    private readonly string[] _mimeTypes;

    internal ShownValue(object? value, MimeBundle data, string[] mimeTypes) : base(value, ValueFormatter.Values(data)) =>
        _mimeTypes = mimeTypes;

    /// <summary>Shows <paramref name="updatedValue"/> where the display stands.</summary>
    /// <param name="updatedValue">Anything; null shows as "null".</param>
    public new void Update(object? updatedValue) =>
        CellSink.Current?.Display(ValueFormatter.Format(updatedValue, _mimeTypes), DisplayId, isUpdate: true);
}
