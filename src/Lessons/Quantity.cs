using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>A number with its unit, formatted for readers: <c>3,072 bytes</c>, <c>80%</c>, <c>37×</c>.</summary>
internal static class Quantity
{
    public static string Of(double value, string unit) => unit switch
    {
        "" => NumberFormat.Of(value),
        "%" => NumberFormat.Of(value) + "%",
        "x" => NumberFormat.Of(value) + "×",
        _ => $"{NumberFormat.Of(value)} {unit}",
    };

    /// <summary>The number as a sentence shows it: <c>66.7 %</c>, <c>11.3×</c>; a whole number keeps its digits.</summary>
    public static string Prose(double value, string unit) => unit switch
    {
        "" => Rounded(value),
        "x" => Rounded(value) + "×",
        _ => $"{Rounded(value)} {unit}",
    };

    private static string Rounded(double value) => NumberFormat.Of(NumberFormat.Rounded(value, significantDigits: 3));
}
