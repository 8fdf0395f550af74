using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>
/// Reads a value into its shape: sequences up to a limit, members of records and plain objects, texts of everything else.
/// </summary>
internal static class ValueInspector
{
    private const int MaxItems = 100;
    private const int MaxNestedItems = 10;
    private const int MaxDepth = 3;

    public static ValueShape Inspect(object? value, int depth = 0) => value switch
    {
        null => new ScalarShape("null"),
        string text => new ScalarShape(text, Quoted: true),
        char character => new ScalarShape(character.ToString(), Quoted: true),
        Exception exception => new ScalarShape($"{exception.GetType().FullName}: {exception.Message}"),
        Type type => new ScalarShape(TypeName.Of(type)),
        Delegate => new ScalarShape(TypeName.Of(value.GetType())),
        Task task => new ScalarShape($"{TypeName.Of(TaskType(task))} ({task.Status})"),
        IFormattable formattable => new ScalarShape(formattable.ToString(null, CultureInfo.InvariantCulture), Numeric: IsNumber(value)),
        _ when depth >= MaxDepth => new ScalarShape(OwnText(value)),
        ITuple tuple => Tuple(tuple, depth),
        _ when IsCompilerMade(value.GetType()) => Members(value, depth),
        _ when OverridesToString(value.GetType()) => new ScalarShape(OwnText(value)),
        IDictionary map => Map(map, depth),
        Array { Rank: 2 } matrix => Matrix(matrix, depth),
        IEnumerable sequence => Sequence(sequence, depth),
        _ => Members(value, depth),
    };

    private static bool IsNumber(object value) =>
        value is not (Enum or DateTime or DateTimeOffset or TimeSpan or Guid or DateOnly or TimeOnly);

    /// <summary>Async methods return a compiler-made subclass; its public ancestor is what the reader wrote.</summary>
    private static Type TaskType(Task task)
    {
        var type = task.GetType();
        while (!type.IsPublic)
            type = type.BaseType!;
        return type.IsGenericType && type.GetGenericArguments()[0].Name == "VoidTaskResult" ? typeof(Task) : type;
    }

    private static string OwnText(object value)
    {
        try
        {
            return value.ToString() ?? "null";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return $"{TypeName.Of(value.GetType())} (its ToString threw {exception.GetType().Name}: {exception.Message})";
        }
    }

    private static ObjectShape Tuple(ITuple tuple, int depth) =>
        new("", [.. Enumerable.Range(0, tuple.Length).Select(i => KeyValuePair.Create($"Item{i + 1}", Inspect(tuple[i], depth + 1)))]);

    private static TableShape Map(IDictionary map, int depth)
    {
        var limit = Limit(depth);
        var rows = new List<IReadOnlyList<ValueShape>>();
        foreach (DictionaryEntry entry in map)
        {
            if (rows.Count == limit)
                break;
            rows.Add([Inspect(entry.Key, depth + 1), Inspect(entry.Value, depth + 1)]);
        }

        return new TableShape(["key", "value"], rows, Rest(map.Count - rows.Count));
    }

    private static TableShape Matrix(Array matrix, int depth)
    {
        int height = matrix.GetLength(0), width = matrix.GetLength(1), limit = Limit(depth);
        var columns = Enumerable.Range(0, Math.Min(width, limit)).ToList();
        var rows = Enumerable.Range(0, Math.Min(height, limit))
            .Select(row => (IReadOnlyList<ValueShape>)[.. columns.Select(column => Inspect(matrix.GetValue(row, column), depth + 1))])
            .ToList();
        var rest = height > limit || width > limit ? $"... ({height} x {width} in all)" : null;
        return new TableShape([.. columns.Select(column => column.ToString())], rows, rest);
    }

    private static ValueShape Sequence(IEnumerable sequence, int depth)
    {
        var limit = Limit(depth);
        var items = new List<ValueShape>();
        string? rest = null;
        foreach (var item in sequence)
        {
            if (items.Count == limit)
            {
                rest = Count(sequence) is { } count ? Rest(count - limit) : "... (more)";
                break;
            }

            items.Add(Inspect(item, depth + 1));
        }

        return AsTable(items, rest) ?? (ValueShape)new ListShape(items, rest);
    }

    /// <summary>Objects with the same members read best as a table.</summary>
    private static TableShape? AsTable(List<ValueShape> items, string? rest)
    {
        if (items.Count == 0 || items[0] is not ObjectShape first)
            return null;
        var columns = first.Members.Select(member => member.Key).ToList();
        return items.TrueForAll(item => item is ObjectShape other && other.Members.Select(member => member.Key).SequenceEqual(columns))
            ? new TableShape(columns, [.. items.Select(item => ((ObjectShape)item).Members.Select(member => member.Value).ToList())], rest)
            : null;
    }

    private static ObjectShape Members(object value, int depth)
    {
        var type = value.GetType();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && IsReadable(property.PropertyType))
            .Select(property => KeyValuePair.Create(property.Name, Inspect(Read(() => property.GetValue(value)), depth + 1)));
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => IsReadable(field.FieldType))
            .Select(field => KeyValuePair.Create(field.Name, Inspect(field.GetValue(value), depth + 1)));
        return new ObjectShape(IsAnonymous(type) ? "" : TypeName.Of(type), [.. properties.Concat(fields)]);
    }

    private static bool IsReadable(Type type) => type is { IsByRefLike: false, IsPointer: false, IsFunctionPointer: false, IsByRef: false };

    private static object? Read(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException;
        }
    }

    private static int Limit(int depth) => depth == 0 ? MaxItems : MaxNestedItems;

    private static string? Rest(int more) => more > 0 ? $"... ({more:N0} more)" : null;

    private static int? Count(IEnumerable sequence) => sequence switch
    {
        ICollection collection => collection.Count,
        _ when sequence.GetType().GetInterfaces().Any(IsReadOnlyCollection) =>
            sequence.GetType().GetProperty("Count")?.GetValue(sequence) as int?,
        _ => null,
    };

    private static bool IsReadOnlyCollection(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>);

    private static bool IsCompilerMade(Type type) =>
        IsAnonymous(type)
        || type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null
        && type.GetMethod("ToString", Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static bool IsAnonymous(Type type) =>
        type.Name.Contains("AnonymousType", StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static bool OverridesToString(Type type)
    {
        var declaring = type.GetMethod("ToString", Type.EmptyTypes)!.DeclaringType;
        return declaring != typeof(object) && declaring != typeof(ValueType);
    }
}
