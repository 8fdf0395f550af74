using System.Text.Json;
using Plotly.NET;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Converts a chart of Plotly.NET into one of the plots that this library draws.</summary>
internal static class ChartReader
{
    private const int Bins = 24;

    /// <summary>The chart as a picture, or a description when this library cannot draw its kind.</summary>
    public static Drawing PictureOf(GenericChart chart)
    {
        using var figure = JsonDocument.Parse(GenericChart.toFigureJson(chart));
        var (traces, layout) = PartsOf(figure);
        return Read(traces, layout) is { } plot ? new Figure(plot) : new UndrawnChart(Title(layout), Kinds(traces));
    }

    /// <returns>Null for a chart without traces, or with others than lines, points,
    /// bars, one histogram or one heat map over one plane.</returns>
    public static Plot? Read(GenericChart chart)
    {
        using var figure = JsonDocument.Parse(GenericChart.toFigureJson(chart));
        var (traces, layout) = PartsOf(figure);
        return Read(traces, layout);
    }

    private static (JsonElement[] Traces, JsonElement Layout) PartsOf(JsonDocument figure) =>
        ([.. figure.RootElement.GetProperty("data").EnumerateArray()], figure.RootElement.GetProperty("layout"));

    private static Plot? Read(JsonElement[] traces, JsonElement layout)
    {
        try
        {
            return Read(traces, Names.Of(layout), layout);
        }
        catch (Exception odd) when (odd is ArgumentException or InvalidOperationException or FormatException)
        {
            // Values that the plot refuses, such as a 0 on a logarithmic axis, which Plotly leaves out, or lists of a shape not known here.
            return null;
        }
    }

    // The kinds of a chart's traces in words: "2 traces of Plotly's kind scatter3d".
    private static string Kinds(JsonElement[] traces) => string.Join(", ", traces.Select(Kind).CountBy(kind => kind)
        .Select(kind => $"{kind.Value} {(kind.Value == 1 ? "trace" : "traces")} of Plotly's kind {kind.Key}"));

    private static Plot? Read(JsonElement[] traces, Names names, JsonElement layout)
    {
        if (!traces.All(trace => IsOn(trace, "x") && IsOn(trace, "y")))
            return null;
        return traces.Select(Kind).Distinct().ToArray() switch
        {
            ["scatter"] =>
                new CartesianPlot(names.Title, names.X, names.Y, names.LogX, names.LogY, [.. traces.Select(SeriesOf)], []).Checked(),
            ["bar"] => BarsOf(traces, names),
            ["histogram"] when traces is [var only] =>
                HistogramPlot.Of(names.Title, names.X, names.Y.Length > 0 ? names.Y : "count", Numbers(only, "x"), BinsOf(only)),
            ["heatmap"] when traces is [var only] => HeatMapOf(only, names, IsDownwards(layout)),
            _ => null,
        };
    }

    /// <summary>Whether a trace is drawn over the chart's first axis of that letter.</summary>
    private static bool IsOn(JsonElement trace, string axis) =>
        !trace.TryGetProperty($"{axis}axis", out var named) || named.GetString() == axis;

    private static string Kind(JsonElement trace) => trace.TryGetProperty("type", out var type) ? type.GetString() switch
    {
        "scattergl" => "scatter",
        "heatmapgl" => "heatmap",
        var kind => kind ?? "scatter",
    } : "scatter";

    private static Series SeriesOf(JsonElement trace)
    {
        var y = Numbers(trace, "y");
        var x = trace.TryGetProperty("x", out _) ? Positions(trace) : Enumerable.Range(0, y.Length).Select(i => (double)i).ToArray();
        var mode = trace.TryGetProperty("mode", out var said) ? said.GetString()! : "lines";
        var kind = mode.Contains("lines", StringComparison.Ordinal) ? SeriesKind.Line : SeriesKind.Points;
        var isLabelled = mode.Contains("text", StringComparison.Ordinal);
        string[] labels = isLabelled && trace.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.Array
            ? Texts(text)
            : [];
        return new Series(Name(trace), kind, x, y, labels);
    }

    /// <summary>Names along the axis stand at 0, 1, 2 and so on.</summary>
    private static double[] Positions(JsonElement trace)
    {
        var x = trace.GetProperty("x").EnumerateArray().ToArray();
        return x.All(value => value.ValueKind == JsonValueKind.Number)
            ? [.. x.Select(value => value.GetDouble())]
            : [.. x.Select((_, at) => (double)at)];
    }

    private static BarPlot? BarsOf(JsonElement[] traces, Names names)
    {
        var lying = traces.All(trace => trace.TryGetProperty("orientation", out var way) && way.GetString() == "h");
        var (keys, values) = lying ? ("y", "x") : ("x", "y");
        string[] categories = traces[0].TryGetProperty(keys, out var first)
            ? Texts(first)
            : [.. Enumerable.Range(0, Numbers(traces[0], values).Length).Select(i => $"{i}")];
        if (categories.Length == 0 || traces.Any(trace => trace.TryGetProperty(keys, out var own) && !Texts(own).SequenceEqual(categories)))
            return null;
        var (label, unit) = lying ? (names.Y, names.X) : (names.X, names.Y);
        var log = lying ? names.LogX : names.LogY;
        BarSeries[] series = [.. traces.Select(trace => new BarSeries(Name(trace), Numbers(trace, values)))];
        return new BarPlot(names.Title, label, unit, log, categories, series, []).Checked();
    }

    private static HeatMapPlot HeatMapOf(JsonElement trace, Names names, bool downwards)
    {
        double[][] rows = [.. trace.GetProperty("z").EnumerateArray().Select(Numbers)];
        string[] rowLabels = trace.TryGetProperty("y", out var y) ? Texts(y) : [];
        string[] columnLabels = trace.TryGetProperty("x", out var x) ? Texts(x) : [];
        // Plotly's first row is the lowest one.
        if (!downwards)
        {
            Array.Reverse(rows);
            Array.Reverse(rowLabels);
        }

        return new HeatMapPlot(names.Title, names.X, names.Y, Matrix.Of(rows), rowLabels, columnLabels, "").Checked();
    }

    private static int BinsOf(JsonElement trace) => trace.TryGetProperty("nbinsx", out var bins) ? bins.GetInt32() : Bins;

    private static string Name(JsonElement trace) => trace.TryGetProperty("name", out var name) ? name.GetString() ?? "" : "";

    private static double[] Numbers(JsonElement trace, string name) => Numbers(trace.GetProperty(name));

    /// <summary>Values that are not numbers, such as null and the text "NaN", leave gaps.</summary>
    private static double[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN)];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(value => value.ToString())];

    private static string AxisTitle(JsonElement layout, string axis) => layout.TryGetProperty(axis, out var one) ? Title(one) : "";

    private static string Title(JsonElement part) => !part.TryGetProperty("title", out var title) ? ""
        : title.ValueKind == JsonValueKind.String ? title.GetString()!
        : title.ValueKind == JsonValueKind.Object && title.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "";

    private static bool IsLog(JsonElement layout, string axis) => Says(layout, axis, "type", "log");

    private static bool IsDownwards(JsonElement layout) => Says(layout, "yaxis", "autorange", "reversed");

    private static bool Says(JsonElement layout, string axis, string property, string word) => layout.TryGetProperty(axis, out var one)
        && one.TryGetProperty(property, out var said) && said.ValueKind == JsonValueKind.String && said.GetString() == word;

    private sealed record Names(string Title, string X, string Y, bool LogX, bool LogY)
    {
        public static Names Of(JsonElement layout) => new(
            ChartReader.Title(layout), AxisTitle(layout, "xaxis"), AxisTitle(layout, "yaxis"),
            IsLog(layout, "xaxis"), IsLog(layout, "yaxis"));
    }
}
