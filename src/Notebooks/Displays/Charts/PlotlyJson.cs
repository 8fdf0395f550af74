using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Displays.Charts;

/// <summary>Parts of Plotly's figure JSON that all plots share.</summary>
/// <remarks>https://plotly.com/javascript/reference/</remarks>
internal static class PlotlyJson
{
    public static string Write(Plot plot) =>
        new JsonObject { ["data"] = plot.PlotlyTraces(), ["layout"] = plot.PlotlyLayout() }.ToJsonString();

    /// <summary>JSON knows no NaN; null leaves the same gap.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) =>
        new([.. values.Select(value => double.IsFinite(value) ? JsonValue.Create(value) : null)]);

    public static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    public static string Dash(int series) => new[] { "solid", "dash", "dot", "dashdot", "4px,2px", "longdash", "1px,2px" }[series % 7];

    public static string Symbol(int series) => new[] { "circle", "square", "triangle-up", "diamond" }[series % 4];

    public static JsonObject Layout(Plot plot, bool logX = false, bool logY = false, IEnumerable<Rule>? rules = null)
    {
        var marks = (rules ?? []).ToArray();
        return new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = plot.Title },
            ["xaxis"] = AxisOf(plot.XLabel, logX),
            ["yaxis"] = AxisOf(plot.YLabel, logY),
            ["shapes"] = new JsonArray([.. marks.Select(JsonNode (rule) => Shape(rule))]),
            ["annotations"] = new JsonArray([.. marks.Select(JsonNode (rule) => Annotation(rule, rule.Horizontal ? logY : logX))]),
        };
    }

    private static JsonObject AxisOf(string label, bool log) =>
        new() { ["title"] = new JsonObject { ["text"] = label }, ["type"] = log ? "log" : "-", ["automargin"] = true };

    private static JsonObject Shape(Rule rule) => new JsonObject
    {
        ["type"] = "line",
        ["xref"] = rule.Horizontal ? "paper" : "x",
        ["yref"] = rule.Horizontal ? "y" : "paper",
        ["x0"] = rule.Horizontal ? 0 : rule.Value,
        ["x1"] = rule.Horizontal ? 1 : rule.Value,
        ["y0"] = rule.Horizontal ? rule.Value : 0,
        ["y1"] = rule.Horizontal ? rule.Value : 1,
        ["line"] = new JsonObject { ["dash"] = "dash", ["width"] = 1 },
    };

    // On a logarithmic axis Plotly places shapes by value, but annotations by the value's logarithm.
    private static JsonObject Annotation(Rule rule, bool log)
    {
        var place = log ? Math.Log10(rule.Value) : rule.Value;
        return new JsonObject
        {
            ["xref"] = rule.Horizontal ? "paper" : "x",
            ["yref"] = rule.Horizontal ? "y" : "paper",
            ["x"] = rule.Horizontal ? 1 : place,
            ["y"] = rule.Horizontal ? place : 1,
            ["text"] = rule.Label,
            ["showarrow"] = false,
            ["yanchor"] = "bottom",
        };
    }
}
