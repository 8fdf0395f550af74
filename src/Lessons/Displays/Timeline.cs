using System.Numerics;
using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>Events over time: boxes on a time axis, in lanes.</summary>
/// <example><code>Timeline.Of("One answer", prefillMs: 12.5, promptTokens: 9, decodeMs: perToken)</code></example>
public sealed class Timeline : Drawing
{
    private const double LaneHeight = 30;
    private const double LaneGap = 10;

    // A long answer has hundreds of decode steps; beyond these only the first and last are listed, and boxes carry no hover text.
    private const int MostRows = 48;

    private readonly string _title;
    private readonly List<Entry> _boxes = [];

    /// <param name="title">What the timeline shows.</param>
    public Timeline(string title) => _title = title;

    private sealed record Entry(string Lane, string Kind, double Start, double Duration, string Label);

    /// <summary>The timeline of one answer: prefill, then a box for each decoded token.</summary>
    /// <param name="title">What the timeline shows.</param>
    /// <param name="prefillMs">Duration of the prefill in ms.</param>
    /// <param name="promptTokens">How many tokens were prefilled at once.</param>
    /// <param name="decodeMs">[tokens], the duration of each decode step in ms.</param>
    /// <param name="pieces">[tokens], the text of each decoded token; or none.</param>
    /// <exception cref="ArgumentException">A duration is negative or not finite, or pieces and durations differ in length.</exception>
    public static Timeline Of<T>(
        string title, double prefillMs, int promptTokens, IEnumerable<T> decodeMs, IEnumerable<string>? pieces = null)
        where T : INumberBase<T>
    {
        var durations = PlotData.Finite(decodeMs, "decodeMs");
        string[] texts = [.. pieces ?? durations.Select(_ => "")];
        PlotData.SameLength("decodeMs", durations.Length, "pieces", texts.Length);
        var timeline = new Timeline(title).Box("", "prefill", 0, prefillMs, promptTokens == 1 ? "1 token" : $"{promptTokens} tokens");
        var start = prefillMs;
        foreach (var (duration, text) in durations.Zip(texts))
        {
            timeline.Box("", "decode, a token each", start, duration, VisibleText.Of(text));
            start += duration;
        }

        return timeline;
    }

    /// <summary>Adds a box.</summary>
    /// <param name="lane">The row it is in; lanes appear in the order of their first box.</param>
    /// <param name="kind">What it is; boxes of one kind have one colour.</param>
    /// <param name="startMs">When it began, in ms.</param>
    /// <param name="durationMs">How long it took, in ms.</param>
    /// <param name="label">Written into the box where it fits.</param>
    /// <exception cref="ArgumentException">A time is not finite, or the duration is negative.</exception>
    public Timeline Box(string lane, string kind, double startMs, double durationMs, string label = "")
    {
        if (!double.IsFinite(startMs) || !double.IsFinite(durationMs) || durationMs < 0)
            throw new ArgumentException($"The box '{kind}' starts at {NumberFormat.Of(startMs)} ms and takes " +
                $"{NumberFormat.Of(durationMs)} ms; both must be finite and the duration not negative.", nameof(durationMs));
        _boxes.Add(new Entry(lane, kind, startMs, durationMs, label));
        return this;
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        var withLanes = Lanes.Length > 1 || Lanes is [not ""];
        var (first, last) = Span;
        var (starts, durations) = (
            NumberFormat.Column([.. _boxes.Select(box => box.Start)]), NumberFormat.Column([.. _boxes.Select(box => box.Duration)]));
        var rows = _boxes
            .Select((box, i) => new[] { withLanes ? box.Lane : "", box.Kind, box.Label, starts[i], durations[i], Track(box, first, last) })
            .ToArray();
        return _title + "\n" + TextTable.Write([withLanes ? "lane" : "", "what", "", "start ms", "ms", ""],
            rows, [false, false, false, true, true, false], MostRows) + "\n" + string.Join(", ", Keys().Select(key => key.Name));
    }

    internal override Canvas Draw()
    {
        var laneRoom = Lanes.Select(lane => TextMetrics.Width(lane, TextStyle.LabelSize)).Max();
        var (first, last) = Span;
        var frame = PlotFrame.Lying(new PlotNames(_title, "ms", ""), Keys(), new AxisRange(first, last > first ? last : first + 1, 0),
            laneRoom, Lanes.Length * (LaneHeight + LaneGap), endRoom: 8, rounded: false);
        var canvas = new Canvas(Plot.PictureWidth, frame.Height, _title, Describe());
        frame.DrawNames(canvas);
        frame.DrawX(canvas, grid: true);
        foreach (var (row, lane) in Lanes.Index())
            canvas.Text(frame.Left - 8, LaneTop(frame, row) + (LaneHeight / 2) + 4, lane, TextStyle.Label with { Anchor = Anchor.End });
        foreach (var box in _boxes)
            DrawBox(canvas, frame, box, Array.IndexOf(Kinds, box.Kind),
                LaneTop(frame, Array.IndexOf(Lanes, box.Lane)), hover: _boxes.Count <= MostRows);
        return canvas;
    }

    private string[] Lanes => [.. _boxes.Select(box => box.Lane).DefaultIfEmpty("").Distinct()];

    private string[] Kinds => [.. _boxes.Select(box => box.Kind).Distinct()];

    private (double First, double Last) Span =>
        _boxes.Count == 0 ? (0, 1) : (Math.Min(0, _boxes.Min(box => box.Start)), _boxes.Max(box => box.Start + box.Duration));

    private IEnumerable<LegendKey> Keys() => Kinds.Select((kind, index) => new LegendKey(
        $"{kind}: {CellText.Duration(TimeSpan.FromMilliseconds(_boxes.Where(box => box.Kind == kind).Sum(box => box.Duration)))}",
            (canvas, x, y) => canvas.Rectangle(x + 4, y - 6, 14, 12, Palette.Colour(index), radius: 2)));

    private static double LaneTop(PlotFrame frame, int row) => frame.Top + (row * (LaneHeight + LaneGap)) + (LaneGap / 2);

    private static void DrawBox(Canvas canvas, PlotFrame frame, Entry box, int kind, double top, bool hover)
    {
        var (left, right) = (frame.X.At(box.Start), frame.X.At(box.Start + box.Duration));
        var gap = right - left > 6 ? 1 : right - left > 3 ? 0.5 : 0;
        var name = box.Label.Length > 0 ? $"{box.Kind} ({box.Label})" : box.Kind;
        canvas.Rectangle(left, top, Math.Max(0.5, right - left - gap), LaneHeight, Palette.Colour(kind), radius: right - left > 8 ? 2 : 0,
            hover: hover ? $"{name}: {NumberFormat.Of(box.Duration)} ms from {NumberFormat.Of(box.Start)} ms" : null);
        if (TextMetrics.Width(box.Label, TextStyle.TickSize) + 8 <= right - left)
            canvas.Text((left + right) / 2, top + (LaneHeight / 2) + 4,
                box.Label, TextStyle.Tick with { Anchor = Anchor.Middle, Opacity = 1, Colour = Palette.TextOn(Palette.Colour(kind)) });
    }

    private static string Track(Entry box, double first, double last)
    {
        const int Columns = 40;
        var perColumn = Math.Max(last - first, 1e-9) / Columns;
        var before = (int)Math.Min(Columns - 1, Math.Floor((box.Start - first) / perColumn));
        var inside = (int)Math.Max(1, Math.Round(box.Duration / perColumn));
        return new string('·', before) + new string('█', Math.Min(inside, Columns - before));
    }

    private string Describe()
    {
        var (first, last) = Span;
        return $"{_boxes.Count} boxes from {NumberFormat.Of(first)} to {NumberFormat.Of(last)} ms: " +
            string.Join(", ", Keys().Select(key => key.Name)) + ".";
    }
}
