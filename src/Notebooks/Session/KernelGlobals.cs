using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.AspNetCore.Html;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Functions that cells call without a prefix. They have the names of .NET Interactive, so that cells run there too.</summary>
#pragma warning disable IDE1006, CA1708 // Both spellings are the ones that C# notebooks use.
public static class KernelGlobals
{
    /// <summary>Shows <paramref name="value"/> below the cell, in the order in which it is called.</summary>
    /// <param name="value">Any value; null shows as "null".</param>
    /// <param name="mimeTypes">Only these representations; empty means all.</param>
    /// <returns>A handle that can update the display.</returns>
    public static ShownValue Display<T>(this T value, params string[] mimeTypes)
    {
        var data = ValueFormatter.Format(value, mimeTypes);
        var shown = new ShownValue(value, data, mimeTypes);
        CellSink.Current?.Display(data, shown.DisplayId);
        return shown;
    }

    /// <summary>Shows <paramref name="value"/> below the cell, in the order in which it is called.</summary>
    /// <param name="value">Any value; null shows as "null".</param>
    /// <param name="mimeTypes">Only these representations; empty means all.</param>
    /// <returns>A handle that can update the display.</returns>
    public static ShownValue display(object? value, params string[] mimeTypes) => Display(value, mimeTypes);

    /// <summary>Hypertext to show as such rather than as a string.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Applies a style sheet to the page that shows the notebook.</summary>
    public static void CSS(string content) => Display(HTML($"<style>{content}</style>"));

    /// <summary>Runs a script in the page that shows the notebook.</summary>
    public static void Javascript(string scriptContent) => Display(HTML($"<script type=\"text/javascript\">{scriptContent}</script>"));

    /// <summary>Asks the reader for a line; null when there is no reader to ask.</summary>
    public static Task<string?> GetInputAsync(string prompt = "") => Ask(prompt, isSecret: false);

    /// <summary>Asks the reader for a line that stays hidden while it is typed; null when there is no reader to ask.</summary>
    public static Task<string?> GetPasswordAsync(string prompt = "") => Ask(prompt, isSecret: true);

    private static Task<string?> Ask(string prompt, bool isSecret) =>
        CellSink.Current?.AskAsync(prompt, isSecret) ?? Task.FromResult<string?>(null);
}
