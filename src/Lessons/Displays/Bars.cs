using System.Globalization;
using System.Numerics;
using System.Xml.Linq;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Named numbers, each with a bar, to compare at a glance. For axes, units and several series use <see cref="Figure"/>.</summary>
/// <example><code>Bars.Of(("prefill", 12.5), ("decode", 3.1)).Titled("ms")</code></example>
public sealed class Bars : Displayable
{
    private const double WidestBar = 260;

    private readonly string[] _names;
    private readonly double[] _values;
    private readonly string _caption;

    private Bars(string[] names, double[] values, string caption) => (_names, _values, _caption) = (names, values, caption);

    /// <summary>Bars for pairs of name and number.</summary>
    public static Bars Of(params IEnumerable<(string Name, double Value)> bars)
    {
        var all = bars.ToArray();
        return new Bars([.. all.Select(bar => bar.Name)], [.. all.Select(bar => bar.Value)], "");
    }

    /// <summary>Bars for names and numbers.</summary>
    /// <exception cref="ArgumentException">names and values differ in length.</exception>
    public static Bars Of<TName, T>(IEnumerable<TName> names, IEnumerable<T> values)
        where T : INumberBase<T>
    {
        string[] texts = [.. names.Select(name => CellText.Of(name))];
        var numbers = Charts.PlotData.Doubles(values, "values");
        Charts.PlotData.SameLength("names", texts.Length, "values", numbers.Length);
        return new Bars(texts, numbers, "");
    }

    /// <summary>The same bars under a caption.</summary>
    public Bars Titled(string caption) => new(_names, _values, caption);

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display(_caption.Length > 0 ? _caption : "Bars",
        _caption.Length > 0 ? Markup.Html("div", Markup.Class("t"), VisibleText.Printable(_caption)) : null,
        Markup.Html("table",
            Markup.Html("tbody", _names.Zip(NumberFormat.Column(_values)).Select((row, i) => Row(row.First, row.Second, _values[i]))))));

    /// <inheritdoc/>
    public override string ToText() => (_caption.Length > 0 ? _caption + "\n" : "") + TextTable.Write(["", "", ""],
        [.. _names.Zip(NumberFormat.Column(_values)).Select(
            (row, i) => new[] { row.First, row.Second, (_values[i] < 0 ? "-" : "") + TextTable.Bar(Math.Abs(_values[i]), Largest, 30) })],
        [false, true, false]);

    private double Largest => _values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    private XElement Row(string name, string written, double value)
    {
        var share = double.IsFinite(value) && Largest > 0 ? Math.Abs(value) / Largest : 0;
        var bar = Markup.Html("span", Markup.Class(value < 0 ? "b v" : "b"),
            new XAttribute("style", $"width:{(WidestBar * share).ToString("0.#", CultureInfo.InvariantCulture)}px"));
        return Markup.Html("tr", Markup.Html("td", VisibleText.Printable(name)),
            Markup.Html("td", Markup.Class("r"), written), Markup.Html("td", bar));
    }
}
