using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.CodeAnalysis;
using Interactive = Microsoft.DotNet.Interactive;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Errors for readers of the notebook: they name the cell's own lines and leave out the code that runs it.</summary>
internal static partial class ErrorReport
{
    /// <summary>The file name of a cell's code in positions and stack traces.</summary>
    public static string FileOf(int executionCount) => $"cell {executionCount}";

    public static ErrorOutput OfCompilation(IEnumerable<Diagnostic> diagnostics, int executionCount)
    {
        var lines = diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => Line(diagnostic, FileOf(executionCount)))
            .Distinct()
            .ToImmutableArray();
        return new ErrorOutput("CompilationError", string.Join('\n', lines), lines);
    }

    public static ErrorOutput OfCompilation(string message) => new("CompilationError", message, [message]);

    /// <summary>A line of a compilation error for a front end that draws it into the code.</summary>
    public static Interactive.Diagnostic DiagnosticOf(string line)
    {
        var parts = Position().Match(line);
        int Number(string group) => parts.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan) - 1 : 0;
        var start = new Interactive.LinePosition(Number("line"), Number("column"));
        return new(new(start, start), DiagnosticSeverity.Error, parts.Groups["code"].Value,
            parts.Success ? parts.Groups["text"].Value : line);
    }

    [GeneratedRegex(@"^.*?\((?<line>\d+),(?<column>\d+)\): error (?<code>\w+): (?<text>.*)$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Position();

    public static ErrorOutput OfInterruption(bool stopped)
    {
        const string name = "Interrupted";
        var message = stopped
            ? "The cell was stopped. Variables it had set keep their last value."
            : "The cell was asked to stop, but work that it waits for goes on. Restart the kernel to end it.";
        return new ErrorOutput(name, message, [$"{name}: {message}"]);
    }

    public static ErrorOutput OfException(Exception exception)
    {
        var shown = Unwrapped(exception);
        var lines = new List<string> { Headline(shown) };
        for (var inner = shown.InnerException; inner is not null; inner = inner.InnerException)
            lines.Add($" ---> {Headline(inner)}");
        lines.AddRange(Frames(shown));
        return new ErrorOutput(shown.GetType().FullName!, shown.Message, lines);
    }

    private static string Line(Diagnostic diagnostic, string cell)
    {
        var span = diagnostic.Location.GetMappedLineSpan();
        var file = span.Path is null or "" || span.Path == cell ? "" : span.Path;
        var position = span.IsValid
            ? $"{file}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1}): "
            : "";
        return $"{position}error {diagnostic.Id}: {diagnostic.GetMessage()}";
    }

    private static string Headline(Exception exception) => $"{exception.GetType().FullName}: {exception.Message}";

    private static Exception Unwrapped(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrapped(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrapped(only),
        _ => exception,
    };

    /// <summary>The stack frames from the throw up to the cell, without the callers of the cell and without async machinery.</summary>
    private static IEnumerable<string> Frames(Exception exception)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var last = Array.FindLastIndex(frames, IsInCell);
        var inside = last < 0 ? frames.Where(frame => !IsMachinery(frame)) : frames.Take(last + 1);
        return WithoutRepeats(inside.Where(frame => frame.GetMethod() is { } method && !IsPlumbing(method)).Select(Describe));
    }

    /// <summary>A lambda on the cell's top level and the top level itself read the same when they stand on one line.</summary>
    private static IEnumerable<string> WithoutRepeats(IEnumerable<string> lines)
    {
        string? last = null;
        foreach (var line in lines)
        {
            if (line != last)
                yield return line;
            last = line;
        }
    }

    private static bool IsInCell(StackFrame frame) => frame.GetMethod()?.DeclaringType is { } type && IsSubmission(type);

    private static bool IsSubmission(Type type) =>
        type.Name.StartsWith("Submission#", StringComparison.Ordinal) || type.DeclaringType is { } outer && IsSubmission(outer);

    private static bool IsMachinery(StackFrame frame) => frame.GetMethod()?.DeclaringType?.FullName is { } name
        && (name.StartsWith("LlmRabbitHoles.Notebooks.Session.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal));

    private static bool IsPlumbing(MethodBase method) =>
        method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
        || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) == true
        || method.DeclaringType?.Namespace is
            "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices" or "System.Threading" or "System.Threading.Tasks";

    private static string Describe(StackFrame frame)
    {
        var method = frame.GetMethod()!;
        var place = frame.GetFileName() is { Length: > 0 } file
            ? $"{Path.GetFileName(file)}, line {frame.GetFileLineNumber()}"
            : "";
        var name = NameOf(method);
        return (name, place) switch
        {
            ("", _) => $"   at {place}",
            (_, "") => $"   at {name}",
            _ => $"   at {name} in {place}",
        };
    }

    /// <summary>The method's name in the source: "" for a cell's top level, "F" for the state machine of an async method F.</summary>
    private static string NameOf(MethodBase method)
    {
        var type = method.DeclaringType;
        var written = WrittenName().Match(method.Name) is { Success: true } lambda ? lambda.Groups[1].Value
            : type is not null && method.Name == "MoveNext" && WrittenName().Match(type.Name) is { Success: true } machine
                ? machine.Groups[1].Value
            : method.Name;
        if (written is "<Initialize>" or "<Main>" or "<Factory>")
            return "";
        while (type is not null && type.Name.StartsWith('<'))
            type = type.DeclaringType;
        var prefix = type is null || type.Name.StartsWith("Submission#", StringComparison.Ordinal) ? "" : $"{TypeName.Of(type)}.";
        return $"{prefix}{written}";
    }

    /// <summary>Compiler-generated names contain the source name: &lt;F&gt;d__0, &lt;&lt;Initialize&gt;&gt;b__1.</summary>
    [GeneratedRegex("^<(<\\w+>|\\w+)>")]
    private static partial Regex WrittenName();
}
