namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>Types as C# writes them: <c>List&lt;int&gt;</c>, not <c>List`1</c>.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float",
        [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char", [typeof(string)] = "string",
        [typeof(object)] = "object", [typeof(void)] = "void",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner) + "?";
        var name = type.Name;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }

    /// <summary>The type as any C# may name it; "object" for one that not all code can see.</summary>
    public static string Qualified(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (!type.IsVisible || type.IsPointer || type.IsByRefLike || type.IsNested && type.IsGenericType)
            return "object";
        if (type.IsArray)
            return Qualified(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        // A type that a cell declares is nested in the cell's own.
        for (var outer = type; outer is not null; outer = outer.DeclaringType)
        {
            if (outer.Name.Contains('#', StringComparison.Ordinal))
                return Of(type);
        }

        return type.IsGenericType
            ? $"global::{type.Namespace}.{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Qualified))}>"
            : $"global::{type.FullName!.Replace('+', '.')}";
    }
}
