using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Book;

/// <summary>
/// The text of all pages, section by section, as a script: a page that was opened from a file may load no other kind of data.
/// </summary>
internal sealed class SearchIndex
{
    public const string File = "assets/search-index.js";

    private readonly JsonArray _sections = [];

    /// <summary>Adds a section.</summary>
    /// <param name="address">Page and place.</param>
    /// <param name="page">The page's title.</param>
    /// <param name="heading">The section's; empty for the beginning of a page.</param>
    /// <param name="text">All that is written in it.</param>
    public void Add(string address, string page, string heading, string text) =>
        _sections.Add(new JsonObject
        {
            ["at"] = address,
            ["page"] = page,
            ["heading"] = heading,
            ["text"] = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        });

    public string ToScript()
    {
        var options = new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return $"window.rabbitSearch = {_sections.ToJsonString(options)};\n";
    }
}
