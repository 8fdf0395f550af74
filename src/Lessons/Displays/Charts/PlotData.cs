using System.Numerics;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Checks the numbers that callers pass to figures.</summary>
internal static class PlotData
{
    public static double[] Doubles<T>(IEnumerable<T> values, string name)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return [.. values.Select(double.CreateChecked)];
    }

    public static double[] Finite<T>(IEnumerable<T> values, string name)
        where T : INumberBase<T>
    {
        var numbers = Doubles(values, name);
        var wrong = Array.FindIndex(numbers, number => !double.IsFinite(number));
        return wrong < 0 ? numbers : throw new ArgumentException(
            $"{name}[{wrong}] is {NumberFormat.Of(numbers[wrong])}; every {name} must be finite. Leave such points out.", name);
    }

    public static void SameLength(string first, int firstLength, string second, int secondLength)
    {
        if (firstLength != secondLength)
            throw new ArgumentException(
                $"{first} has {firstLength} values and {second} has {secondLength}; both need one for each point.", second);
    }

    public static void Positive(IEnumerable<double> values, string axis)
    {
        foreach (var (index, value) in values.Index())
        {
            if (value <= 0)
                throw new ArgumentException($"{axis}[{index}] is {NumberFormat.Of(value)}; a logarithmic axis shows only values " +
                    $"above 0. Leave such points out, or set log{axis.ToUpperInvariant()}: false.", axis);
        }
    }
}
