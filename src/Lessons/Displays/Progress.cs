using System.Globalization;
using System.Xml.Linq;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The progress of long work: a fixed bar, or one that grows while a loop runs.</summary>
/// <example><code>
/// Progress.Of("training", done: 30, of: 120, unit: "steps")
/// foreach (var page in Progress.Over(pages, "reading")) Read(page);
/// </code></example>
public sealed class Progress : Displayable
{
    private const int Columns = 40;
    private const double WidestBar = 260;

    private readonly string _title;
    private readonly double _done;
    private readonly double _of;
    private readonly string _unit;

    private Progress(string title, double done, double of, string unit) => (_title, _done, _of, _unit) = (title, done, of, unit);

    /// <summary>A bar at one moment.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="done">How much of it is done.</param>
    /// <param name="of">How much there is.</param>
    /// <param name="unit">What is counted, such as "steps"; or empty.</param>
    /// <exception cref="ArgumentException">There is nothing to do, or more is done than there is.</exception>
    public static Progress Of(string title, double done, double of, string unit = "") =>
        of > 0 && double.IsFinite(of) && done >= 0 && done <= of
            ? new Progress(title, done, of, unit)
            : throw new ArgumentException($"'{title}' has done {NumberFormat.Of(done)} of {NumberFormat.Of(of)}; " +
                "what is done lies between 0 and what there is, which is above 0.", nameof(done));

    /// <summary>Yields the items while a bar on the console grows.</summary>
    /// <param name="items">The items to iterate over.</param>
    /// <param name="title">What is being done with them.</param>
    /// <remarks>The bar is only ever appended to, so every front end shows it and a stored copy ends like any other run.</remarks>
    public static IEnumerable<T> Over<T>(IReadOnlyCollection<T> items, string title)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Walk(items, title);
    }

    /// <inheritdoc/>
    public override string ToHtml()
    {
        var share = _done / _of;
        var (full, rest) = (Width(WidestBar * share), Width(WidestBar * (1 - share)));
        return Markup.Write(Markup.Display($"Progress: {ToText()}",
            Markup.Html("span", VisibleText.Printable(_title) + " "),
            Markup.Html("span", Markup.Class("b"), full),
            Markup.Html("span", Markup.Class("b o"), rest),
            Markup.Html("span", " " + Figures)));
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        var full = (int)(Columns * _done / _of);
        return $"{_title} ▕{new string('█', full)}{new string('·', Columns - full)}▏ {Figures}";
    }

    private string Figures =>
        $"{NumberFormat.Of(_done)} of {NumberFormat.Of(_of)}{(_unit.Length > 0 ? " " + _unit : "")} ({NumberFormat.Percent(_done / _of)})";

    private static IEnumerable<T> Walk<T>(IReadOnlyCollection<T> items, string title)
    {
        var (done, drawn) = (0, 0);
        Console.Write($"{title} ▕");
        foreach (var item in items)
        {
            yield return item;
            done++;
            for (; drawn < (long)Columns * done / items.Count; drawn++)
                Console.Write('█');
        }

        Console.WriteLine($"▏ {NumberFormat.Of(done)} of {NumberFormat.Of(items.Count)}");
    }

    private static XAttribute Width(double pixels) => new("style", $"width:{pixels.ToString("0.#", CultureInfo.InvariantCulture)}px");
}
