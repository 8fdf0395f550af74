using System.Collections;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>One case of an exercise: what it gave, held against what was expected.</summary>
internal static class ExerciseCase
{
    private const int MostItems = 12;

#pragma warning disable CA1031 // Whatever a wrong answer throws, it is wrong, and the reader is told what it threw.
    /// <summary>What is wrong with a result, as a sentence; null when it is right.</summary>
    /// <param name="run">Gives the result.</param>
    /// <param name="holds">Whether it is right.</param>
    /// <param name="expected">What would be right.</param>
    /// <param name="code">The lambda that uses the answer.</param>
    public static string? Failure<T>(Func<T> run, Func<T, bool> holds, string expected, string code)
    {
        T got;
        try
        {
            got = run();
        }
        catch (Exception thrown)
        {
            return $"{Call(code)} threw {thrown.GetType().Name} ({thrown.Message.Split('\n')[0].TrimEnd()}), expected {expected}.";
        }

        return holds(got) ? null : $"{Call(code)} gave {Shown(got)}, expected {expected}.";
    }
#pragma warning restore CA1031

    /// <summary>Whether two results are the same; lists are compared item by item.</summary>
    public static bool AreEqual(object? got, object? expected, double within) => (got, expected) switch
    {
        (string, _) or (_, string) => Equals(got, expected),
        (IEnumerable some, IEnumerable others) => AreEqual([.. some.Cast<object?>()], [.. others.Cast<object?>()], within),
        _ when CellText.Number(got) is { } number && CellText.Number(expected) is { } wanted => Math.Abs(number - wanted) <= within,
        _ => Equals(got, expected),
    };

    /// <summary>A result as C# writes it.</summary>
    public static string Shown(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IEnumerable items when items.Cast<object?>().ToList() is var all =>
            $"[{string.Join(", ", all.Take(MostItems).Select(Shown))}{(all.Count > MostItems ? $", … {all.Count} in all" : "")}]",
        _ => CellText.Of(value),
    };

    private static bool AreEqual(object?[] got, object?[] expected, double within) =>
        got.Length == expected.Length && got.Zip(expected).All(pair => AreEqual(pair.First, pair.Second, within));

    // f => f("é") is shown as f("é").
    private static string Call(string code) =>
        code.IndexOf("=>", StringComparison.Ordinal) is > 0 and var arrow ? code[(arrow + 2)..].Trim() : code;
}
