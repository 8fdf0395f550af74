using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Session.Formatting;

/// <summary>Formatters that a type brings along by convention, without a package in common.</summary>
/// <remarks>
/// The type, a base type or an interface of it carries an attribute <i>named</i> TypeFormatterSourceAttribute with a FormatterSourceType
/// (and perhaps PreferredMimeTypes); an instance of that type has CreateTypeFormatters(), whose elements have MimeType, Type and
/// Format(object, TextWriter). .NET Interactive keeps to the same convention.
/// </remarks>
internal static class ConventionFormatters
{
    /// <summary>Does not keep the types of a cell, and with them the cell, from being unloaded.</summary>
    private static readonly ConditionalWeakTable<Type, IReadOnlyList<Formatter>> Known = new();

    /// <summary>The value as its formatters write it, preferred mime types first; null when it brings none along.</summary>
    /// <param name="value">Anything.</param>
    /// <param name="onlyPreferred">
    /// True to leave out what the type does not prefer, where it prefers something; false for every mime type it knows.
    /// </param>
    public static MimeBundle? Format(object value, bool onlyPreferred)
    {
        var bundle = new MimeBundle();
        foreach (var formatter in Known.GetValue(value.GetType(), Find))
        {
            if (onlyPreferred && !formatter.Preferred)
                continue;
            if (bundle.Find(formatter.MimeType) is null && formatter.Write(value) is { } text)
                bundle.Add(formatter.MimeType, MimeBundle.IsJson(formatter.MimeType) ? System.Text.Json.Nodes.JsonNode.Parse(text) : text);
        }

        return bundle.Any() ? bundle : null;
    }

    private static IReadOnlyList<Formatter> Find(Type type)
    {
        foreach (var carrier in BaseTypes(type).Concat(type.GetInterfaces()))
        {
            var source = carrier.GetCustomAttributes(inherit: false)
                .FirstOrDefault(one => one.GetType().Name == "TypeFormatterSourceAttribute");
            if (source is not null && Property(source, "FormatterSourceType") is Type sourceType)
                return Create(type, sourceType, Property(source, "PreferredMimeTypes") as IEnumerable<string> ?? []);
        }

        return [];
    }

    private static IEnumerable<Type> BaseTypes(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }

    private static List<Formatter> Create(Type type, Type sourceType, IEnumerable<string> preferred)
    {
        var source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        var made = sourceType
            .GetMethod("CreateTypeFormatters", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, [])
            ?.Invoke(source, null);
        var order = preferred.ToList();
        return
        [
            .. (made as IEnumerable ?? Array.Empty<object>()).Cast<object>()
                .Select(Formatter.From)
                .OfType<Formatter>()
                .Where(formatter => formatter.Type.IsAssignableFrom(type))
                .Select(formatter => formatter with { Preferred = order.Count == 0 || order.Contains(formatter.MimeType) })
                .OrderBy(formatter => order.IndexOf(formatter.MimeType) is var at && at < 0 ? int.MaxValue : at),
        ];
    }

    private static object? Property(object owner, string name) => owner.GetType().GetProperty(name)?.GetValue(owner);

    private sealed record Formatter(string MimeType, Type Type, object Target, MethodInfo Method)
    {
        public bool Preferred { get; init; }

        public static Formatter? From(object target)
        {
            var method = target.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance).FirstOrDefault(candidate =>
                candidate.Name == "Format" && candidate.GetParameters() is [_, var second]
                && second.ParameterType.IsAssignableFrom(typeof(StringWriter)));
            return method is not null && Property(target, "MimeType") is string mimeType
                ? new Formatter(mimeType, Property(target, "Type") as Type ?? typeof(object), target, method)
                : null;
        }

        /// <summary>The text, or null when the formatter declines the value by returning false.</summary>
        public string? Write(object value)
        {
            using var writer = new StringWriter { NewLine = "\n" };
            return Method.Invoke(Target, BindingFlags.DoNotWrapExceptions, null, [value, writer], null) is false ? null : writer.ToString();
        }
    }
}
