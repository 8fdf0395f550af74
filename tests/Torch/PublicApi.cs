using System.Reflection;
using System.Text.RegularExpressions;

namespace TorchSharp.Tests;

/// <summary>The public members of an assembly, one a line: "torch.Tensor: Tensor add(Tensor target)".</summary>
internal static partial class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Of the public types in the namespaces TorchSharp and below.</summary>
    public static IEnumerable<string> Describe(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => type.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) == true)
        .SelectMany(type => type.GetMembers(Declared).Select(Describe).OfType<string>().Select(member => $"{Name(type)}: {member}"))
        .Distinct().Order(StringComparer.Ordinal);

    private static string? Describe(MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: true } accessor when !accessor.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method.GetParameters())})",
        ConstructorInfo constructor => $"new({Parameters(constructor.GetParameters())})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name}{Indices(property)}{Accessors(property)}",
        FieldInfo { IsSpecialName: false } field => $"{Name(field.FieldType)} {field.Name}{Constant(field)}",
        EventInfo happening => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Indices(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } indices ? $"[{Parameters(indices)}]" : "";

    private static string Accessors(PropertyInfo property) =>
        (property.GetMethod is { IsPublic: true } ? " get" : "") + (property.SetMethod is { IsPublic: true } ? " set" : "");

    private static string Constant(FieldInfo field) => field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "";

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Describe));

    private static string Describe(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "") + $"{Name(parameter.ParameterType)} {parameter.Name}" +
        (parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "null"}" : "");

    private static string Name(Type type)
    {
        if (type.HasElementType)
            return Name(type.GetElementType()!) + (type.IsArray ? $"[{new string(',', type.GetArrayRank() - 1)}]" : "&");
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        var name = Arity().Replace(type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name, "");
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    [GeneratedRegex(@"`\d+(<.*>)?")]
    private static partial Regex Arity();
}
