using System.Text;
using System.Xml.Linq;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>A text split into its tokens: each piece coloured, with its id beneath; spaces and line breaks are visible.</summary>
/// <example><code>TokenStrip.Of(["The", " capital"], [464, 3139])</code></example>
public sealed partial class TokenStrip : Displayable
{
    private const int Tints = 6;
    private const int TextColumns = 96;

    private readonly string[] _pieces;
    private readonly int[] _ids;
    private readonly HashSet<int> _special;
    private readonly string _caption;

    private TokenStrip(string[] pieces, int[] ids, HashSet<int> special, string caption = "") =>
        (_pieces, _ids, _special, _caption) = (pieces, ids, special, caption);

    /// <summary>A strip of pieces.</summary>
    /// <param name="pieces">[tokens], the text of each; bytes that are no whole character as &lt;0xE2&gt;.</param>
    /// <param name="ids">[tokens]</param>
    /// <param name="special">Ids of special tokens, which are drawn dashed.</param>
    /// <exception cref="ArgumentException">pieces and ids differ in length.</exception>
    public static TokenStrip Of(IEnumerable<string> pieces, IEnumerable<int> ids, IEnumerable<int>? special = null)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(ids);
        string[] texts = [.. pieces];
        int[] numbers = [.. ids];
        Charts.PlotData.SameLength("pieces", texts.Length, "ids", numbers.Length);
        return new TokenStrip(texts, numbers, [.. special ?? []]);
    }

    /// <summary>The same strip with a name before the count, such as whose tokens these are.</summary>
    public TokenStrip Titled(string caption) => new(_pieces, _ids, _special, caption);

    /// <inheritdoc/>
    public override string ToHtml() =>
        Markup.Write(Markup.Display($"{_pieces.Length} tokens: {string.Join(' ', _pieces.Select(VisibleText.Of))}",
            Markup.Html("div", _pieces.Select(Token)),
            Markup.Html("div", Markup.Class("n"), Footer)));

    /// <inheritdoc/>
    public override string ToText()
    {
        var text = new StringBuilder();
        StringBuilder above = new(), below = new();
        foreach (var (piece, id) in _pieces.Zip(_ids))
        {
            var shown = $"[{VisibleText.Of(piece)}]";
            var width = Math.Max(TextMetrics.Columns(shown), id.ToString().Length + 1);
            if (above.Length > 0 && TextMetrics.Columns(above.ToString()) + width > TextColumns)
                Flush(text, above, below);
            above.Append(shown).Append(' ', width - TextMetrics.Columns(shown));
            below.Append(Centred(id.ToString(), width));
        }

        Flush(text, above, below);
        return text.Append(Footer).ToString();
    }

    private string Footer => (_caption.Length > 0 ? VisibleText.Printable(_caption) + ": " : "")
        + (_pieces.Length == 1 ? "1 token" : $"{NumberFormat.Of(_pieces.Length)} tokens");

    private XElement Token(string piece, int index)
    {
        var special = _special.Contains(_ids[index]);
        return Markup.Html("span", Markup.Class(special ? "k s" : "k"),
            new XAttribute("title", $"token {index}, id {_ids[index]}{(special ? ", special" : "")}"),
            Markup.Html("code", Markup.Class($"c{index % Tints}"), VisibleText.Of(piece)),
            Markup.Html("small", _ids[index]));
    }

    private static string Centred(string id, int width) => id.PadLeft((width + id.Length) / 2).PadRight(width);

    private static void Flush(StringBuilder text, StringBuilder above, StringBuilder below)
    {
        text.Append(above.ToString().TrimEnd()).Append('\n').Append(below.ToString().TrimEnd()).Append('\n');
        above.Clear();
        below.Clear();
    }
}
