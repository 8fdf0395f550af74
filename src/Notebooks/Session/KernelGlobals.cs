using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.AspNetCore.Html;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>What cells may call without a prefix; named as in .NET Interactive, so that cells run there too.</summary>
#pragma warning disable IDE1006, CA1708 // Both spellings are the ones that C# notebooks use.
public static class KernelGlobals
{
    /// <summary>Shows <paramref name="value"/> below the cell, in the order in which it is called.</summary>
    /// <param name="value">Anything; null shows as "null".</param>
    /// <param name="mimeTypes">Only these representations; none named: all there are.</param>
    /// <returns>What takes another value into its place.</returns>
    public static ShownValue Display<T>(this T value, params string[] mimeTypes)
    {
        var data = ValueFormatter.Format(value, mimeTypes);
        var shown = new ShownValue(value, data, mimeTypes);
        CellSink.Current?.Display(data, shown.DisplayId);
        return shown;
    }

    /// <summary>Shows <paramref name="value"/> below the cell, in the order in which it is called.</summary>
    /// <param name="value">Anything; null shows as "null".</param>
    /// <param name="mimeTypes">Only these representations; none named: all there are.</param>
    /// <returns>What takes another value into its place.</returns>
    public static ShownValue display(object? value, params string[] mimeTypes) => Display(value, mimeTypes);

    /// <summary>Hypertext to show as such rather than as a string.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Applies a style sheet to the page that shows the notebook.</summary>
    public static void CSS(string content) => Display(HTML($"<style>{content}</style>"));

    /// <summary>Runs a script in the page that shows the notebook.</summary>
    public static void Javascript(string scriptContent) => Display(HTML($"<script type=\"text/javascript\">{scriptContent}</script>"));

    /// <summary>Asks the reader for a line; null when nobody can be asked.</summary>
    public static Task<string?> GetInputAsync(string prompt = "") => Ask(prompt, isSecret: false);

    /// <summary>Asks the reader for a line that is not shown while it is typed; null when nobody can be asked.</summary>
    public static Task<string?> GetPasswordAsync(string prompt = "") => Ask(prompt, isSecret: true);

    private static Task<string?> Ask(string prompt, bool isSecret) =>
        CellSink.Current?.AskAsync(prompt, isSecret) ?? Task.FromResult<string?>(null);
}
