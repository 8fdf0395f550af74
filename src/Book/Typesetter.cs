using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Book;

/// <summary>
/// Sets formulas (KaTeX) and colours code (highlight.js) when the book is made, so that pages need no script for either. Pages are
/// written with marks; one run of Node.js sets everything, and then the marks are filled.
/// </summary>
internal sealed class Typesetter(Libraries libraries)
{
    // From Unicode's private use area, so no notebook's text contains them.
    private const char Open = '\uE0F0';
    private const char Close = '\uE0F1';

    private readonly JsonArray _jobs = [];
    private readonly List<string> _places = [];
    private string[] _set = [];

    /// <summary>A mark for coloured code.</summary>
    /// <param name="text">The code.</param>
    /// <param name="language">The language's name in highlight.js; an unknown one stays plain.</param>
    /// <param name="place">Page and cell, for complaints.</param>
    public string Code(string text, string language, string place) =>
        Add(new JsonObject { ["kind"] = "code", ["text"] = text, ["language"] = language }, place);

    /// <summary>A mark for a formula.</summary>
    /// <param name="tex">Without its dollars.</param>
    /// <param name="display">On a line of its own.</param>
    /// <param name="place">Page and cell, for complaints.</param>
    public string Math(string tex, bool display, string place) =>
        Add(new JsonObject { ["kind"] = "math", ["text"] = tex, ["display"] = display }, place);

    /// <exception cref="BookException">Node.js is missing, or a formula is broken.</exception>
    public async Task SetAsync(CancellationToken cancellationToken)
    {
        var script = Path.Combine(libraries.Folder, "typeset.js");
        var aside = $"{script}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(aside, Assets.Text("typeset.js"), cancellationToken);
        File.Move(aside, script, overwrite: true);
        var node = await NodeProgram.RunAsync("node", [script], libraries.Folder, _jobs.ToJsonString(), cancellationToken);
        if (node.ExitCode != 0)
            throw new BookException($"Node.js could not set the book's formulas and code: {node.Error.Trim().Split('\n').LastOrDefault()}");
        _set = [.. ((JsonArray)JsonNode.Parse(node.Output)!).Select(Result)];
    }

    /// <summary>The page with every mark filled.</summary>
    public string Fill(string html)
    {
        var filled = new StringBuilder(html.Length * 2);
        var at = 0;
        for (var open = html.IndexOf(Open, StringComparison.Ordinal); open >= 0; open = html.IndexOf(Open, at))
        {
            var close = html.IndexOf(Close, open);
            filled.Append(html, at, open - at).Append(_set[int.Parse(html.AsSpan(open + 1, close - open - 1))]);
            at = close + 1;
        }

        return filled.Append(html, at, html.Length - at).ToString();
    }

    private string Add(JsonObject job, string place)
    {
        _jobs.Add(job);
        _places.Add(place);
        return $"{Open}{_jobs.Count - 1}{Close}";
    }

    private string Result(JsonNode? result, int index) => result is JsonValue html && html.GetValueKind() == JsonValueKind.String
        ? html.GetValue<string>()
        : throw new BookException($"A formula in {_places[index]} is broken: {result?["error"]?.GetValue<string>() ?? "no result"}");
}
