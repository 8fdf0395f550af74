using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Something that a cell shows, and that can be made to show something else in its place.</summary>
/// <remarks>Jupyter's display_data and update_display_data:
/// https://jupyter-client.readthedocs.io/en/stable/messaging.html#update-display-data. The notebook runner and VS Code update displays of the cell that runs;
/// Jupyter those of earlier cells too.</remarks>
public sealed class DisplayedValue
{
    private readonly string[] _mimeTypes;

    internal DisplayedValue(string[] mimeTypes) => _mimeTypes = mimeTypes;

    /// <summary>By what front ends know the display.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows <paramref name="value"/> where the display stands.</summary>
    /// <param name="value">Anything; null shows as "null".</param>
    public void Update(object? value) => CellSink.Current?.Display(ValueFormatter.Format(value, _mimeTypes), DisplayId, isUpdate: true);
}
