namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The colours of series and tokens. Each stands out by at least 3:1 from a white page and from a dark one.</summary>
/// <remarks>Okabe and Ito 2008, "Color Universal Design"; orange, sky blue and purple are darkened to reach 3:1 on white.</remarks>
internal static class Palette
{
    /// <summary>Stands for amounts: bars, heat, arrows.</summary>
    public const string Blue = "#0072b2";

    /// <summary>Stands for amounts below zero.</summary>
    public const string Vermillion = "#d55e00";

    public const string LightPaper = "#ffffff";
    public const string LightInk = "#1f2328";

    /// <summary>The darkest backgrounds of the common dark themes lie near this one (VS Code's Dark Modern).</summary>
    public const string DarkPaper = "#1f1f1f";
    public const string DarkInk = "#cccccc";

    private static readonly string[] Colours = [Blue, Vermillion, "#009e73", "#c46a9c", "#b97f00", "#2b94cf", "#808080"];
    private static readonly string[] Dashes = ["", "7 3", "2 3", "9 3 2 3", "4 2", "12 4", "1 2"];

    public static IReadOnlyList<string> Series => Colours;

    /// <summary>White or black, whichever reads better on the colour of a series.</summary>
    public static string TextOn(string colour) => colour == Blue ? "#ffffff" : "#000000";

    public static string Colour(int series) => Colours[series % Colours.Length];

    /// <summary>A stroke pattern for each series, so that colour is never the only difference.</summary>
    public static string Dash(int series) => Dashes[series % Dashes.Length];
}
