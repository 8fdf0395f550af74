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
}
