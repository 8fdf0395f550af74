using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.DotNet.Interactive.Formatting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>A display of a cell that can be updated, even by later cells.</summary>
/// <remarks>
/// .NET Interactive's own <c>Display()</c> shows one <see cref="DisplayedValue"/> and returns another, so an update names a display
/// that no front end knows.
/// </remarks>
public sealed class ShownValue : DisplayedValue
{
    private readonly string[] _mimeTypes;

    internal ShownValue(object? value, MimeBundle data, string[] mimeTypes) : base(value, ValueFormatter.Values(data)) =>
        _mimeTypes = mimeTypes;

    /// <summary>Shows <paramref name="updatedValue"/> in place of the display.</summary>
    /// <param name="updatedValue">Any value; null shows as "null".</param>
    public new void Update(object? updatedValue) =>
        CellSink.Current?.Display(ValueFormatter.Format(updatedValue, _mimeTypes), DisplayId, isUpdate: true);
}
