using System.Text.Json;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Book;

/// <summary>An output of a cell, in the richest form that a page can show.</summary>
internal static partial class OutputHtml
{
    private const string Plotly = "application/vnd.plotly.v1+json";
    private const string Svg = "image/svg+xml";

    public static string Of(CellOutput output) => output switch
    {
        StreamOutput stream =>
            $"<pre class=\"stream {(stream.Name == "stderr" ? "stderr" : "stdout")}\">{Text(stream.Text.TrimEnd('\n'))}</pre>",
        ErrorOutput error => $"<pre class=\"stream error\">{Text(string.Join('\n', error.Traceback))}</pre>",
        DisplayOutput display => Of(display.Data),
        ResultOutput result => Of(result.Data),
        _ => "",
    };

    private static string Of(MimeBundle data)
    {
        if (data[Svg] is { } picture)
            return Picture(picture, data.Find(Plotly)?.ToJsonString(), data[MimeBundle.PlainText]);
        if (data[MimeBundle.Html] is { } html)
            return $"<div class=\"display\">{WithoutShared(html)}</div>";
        foreach (var type in new[] { "image/png", "image/jpeg" })
        {
            if (data[type] is { } image)
                return $"<img src=\"data:{type};base64,{Html.Escape(image.ReplaceLineEndings(""))}\" " +
                    $"alt=\"{Html.Escape(data[MimeBundle.PlainText] ?? "A picture that the cell showed")}\">";
        }

        var indented = new JsonSerializerOptions { WriteIndented = true };
        var text = data[MimeBundle.PlainText] ?? data.Select(item => item.Value?.ToJsonString(indented)).FirstOrDefault() ?? "";
        return $"<pre class=\"stream result\">{Text(text)}</pre>";
    }

    // The drawing stands for the chart until the script has made it interactive, without a script, and on paper.
    private static string Picture(string svg, string? plotly, string? text)
    {
        var chart = plotly is null ? "" : $"<div class=\"live\" hidden></div><script type=\"application/json\">{plotly}</script>";
        var words = text is null
            ? ""
            : $"<details class=\"as-text\"><summary>As text</summary><pre class=\"stream\">{Text(text)}</pre></details>";
        return $"<div class=\"{(plotly is null ? "picture" : "picture chart")}\"><div class=\"still\">{svg}</div>{chart}{words}</div>";
    }

    // Displays carry the style sheet of all of them, and a model's display the components' script; a page has each once.
    private static string WithoutShared(string html) => SharedScript().Replace(SharedStyle().Replace(html, "", 1), "");

    private static string Text(string text) => Html.Escape(Colours().Replace(text, ""));

    [GeneratedRegex(@"<style>\.rh\{.*?</style>", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex SharedStyle();

    [GeneratedRegex("<script data-rabbit=\"components\">.*?</script>", RegexOptions.Singleline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 2000)]
    private static partial Regex SharedScript();

    [GeneratedRegex(@"\x1b\[[0-9;]*m", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Colours();
}
