using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>What cells may call without a prefix; named as in .NET Interactive, so that cells run there too.</summary>
#pragma warning disable IDE1006, CA1708 // Both spellings are the ones that C# notebooks use.
public static class KernelGlobals
{
    /// <summary>Shows <paramref name="value"/> below the cell, in the order in which it is called.</summary>
    /// <param name="value">Anything; null shows as "null".</param>
    /// <param name="mimeTypes">Only these representations; none named: all there are.</param>
    public static void Display<T>(this T value, params string[] mimeTypes) =>
        CellSink.Current?.Display(ValueFormatter.Format(value, mimeTypes));

    /// <summary>Shows <paramref name="value"/> below the cell, in the order in which it is called.</summary>
    /// <param name="value">Anything; null shows as "null".</param>
    /// <param name="mimeTypes">Only these representations; none named: all there are.</param>
    public static void display(object? value, params string[] mimeTypes) => Display(value, mimeTypes);

    /// <summary>Hypertext to show as such rather than as a string.</summary>
    public static HtmlContent HTML(string content) => new(content);
}
