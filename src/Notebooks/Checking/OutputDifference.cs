using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Lessons.Displays.Components;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Checking;

/// <summary>Says how the stored outputs of a cell differ from those of a fresh run.</summary>
/// <remarks>
/// Words must be equal, and numbers equal up to rounding; in a cell that varies, any number equals any other. Pictures and the values of
/// playable displays are compared by presence only: the text beside them holds what they show.
/// </remarks>
internal static partial class OutputDifference
{
    /// <summary>The first difference, in one or three lines; null when the outputs are the same.</summary>
    public static string? Between(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> fresh, bool varies)
    {
        if (Kinds(stored) != Kinds(fresh))
            return $"it stores {Kinds(stored)}, and a fresh run gives {Kinds(fresh)}";
        return stored.Zip(fresh).Select(pair => Between(pair.First, pair.Second, varies)).FirstOrDefault(found => found is not null);
    }

    private static string Kinds(IReadOnlyList<CellOutput> outputs) =>
        outputs.Count == 0 ? "no output" : string.Join(", ", outputs.Select(Kind));

    private static string Kind(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Name,
        DisplayOutput display => $"a display ({MimeTypes(display.Data)})",
        ResultOutput result => $"a result ({MimeTypes(result.Data)})",
        ErrorOutput error => $"an error ({error.Name})",
        _ => "something unknown",
    };

    // A figure may bring its picture as SVG, as a chart for plotly, or as both.
    private static string MimeTypes(MimeBundle data) =>
        string.Join(
            " ", data.MimeTypes.Select(mimeType => IsPicture(mimeType) ? "picture" : mimeType).Distinct().Order(StringComparer.Ordinal));

    private static bool IsPicture(string mimeType) =>
        mimeType.StartsWith("image/", StringComparison.Ordinal) || mimeType.StartsWith("application/vnd.plotly", StringComparison.Ordinal);

    private static string? Between(CellOutput stored, CellOutput fresh, bool varies) => (stored, fresh) switch
    {
        (StreamOutput a, StreamOutput b) => Described(a.Name, TextDifference.Between(a.Text, b.Text, varies)),
        (DisplayOutput a, DisplayOutput b) => Between(a.Data, b.Data, varies),
        (ResultOutput a, ResultOutput b) => Between(a.Data, b.Data, varies),
        _ => null,
    };

    private static string? Between(MimeBundle stored, MimeBundle fresh, bool varies) => stored
        .OrderByDescending(item => item.Key == MimeBundle.PlainText)
        .Select(item =>
            Described(item.Key, TextDifference.Between(TextOf(item.Key, item.Value), TextOf(item.Key, fresh.Find(item.Key)), varies)))
        .FirstOrDefault(found => found is not null);

    private static string? Described(string what, TextDifference? difference) =>
        difference is null ? null : $"its {what} differs from a fresh run:\n    - {difference.Stored}\n    + {difference.Fresh}";

    private static string TextOf(string mimeType, JsonNode? value) => mimeType switch
    {
        MimeBundle.Html => WebUtility.HtmlDecode(Tags().Replace(Styles().Replace(AsText(value), " "), " ")),
        _ when ComponentMimeType.IsOne(mimeType) => "",
        _ when mimeType.StartsWith("application/vnd.rabbit.", StringComparison.Ordinal) && value is JsonObject record =>
            string.Join(
                "\n", record.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value?.ToString()}")),
        _ when mimeType.StartsWith("text/", StringComparison.Ordinal) => AsText(value),
        _ => "",
    };

    private static string AsText(JsonNode? value) => value?.ToString() ?? "";

    // The values of playable displays too: a machine that adds in another order packs other bytes.
    [GeneratedRegex("<(style|script)[^>]*>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Styles();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
