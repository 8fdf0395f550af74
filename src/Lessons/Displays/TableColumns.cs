using System.Reflection;
using System.Runtime.CompilerServices;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The columns of objects of a type, and their cells.</summary>
internal sealed class TableColumns
{
    private readonly Func<object?, object?[]> _cells;

    private TableColumns(IReadOnlyList<string> names, Func<object?, object?[]> cells) => (Names, _cells) = (names, cells);

    public IReadOnlyList<string> Names { get; }

    public static TableColumns Of(Type type)
    {
        if (typeof(ITuple).IsAssignableFrom(type))
            return new TableColumns(
                [.. Enumerable.Range(1, type.GetGenericArguments().Length).Select(i => $"item {i}")], row => [.. Items((ITuple)row!)]);
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
            .ToArray();
        return IsSingle(type) || properties.Length == 0
            ? new TableColumns(["value"], row => [row])
            : new TableColumns([.. properties.Select(property => property.Name)],
                row => [.. properties.Select(property => row is null ? null : property.GetValue(row))]);
    }

    public object?[] CellsOf(object? row) => _cells(row);

    private static bool IsSingle(Type type) => type.IsPrimitive || type.IsEnum
        || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(Half);

    private static IEnumerable<object?> Items(ITuple tuple) => Enumerable.Range(0, tuple.Length).Select(i => tuple[i]);
}
