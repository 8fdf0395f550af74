using System.Collections.Immutable;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Interactive = Microsoft.DotNet.Interactive;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Resolves <c>#r</c>: an assembly that this process ships is taken from it, others from the path named.</summary>
/// <remarks>
/// Without this, <c>#r "../../bin/X.dll"</c> would load a second copy of an assembly that the kernel uses itself, and its types
/// would differ from the kernel's of the same name.
/// </remarks>
internal sealed class HostReferences(string folder, SessionAssemblies assemblies) : MetadataReferenceResolver
{
    /// <summary>The libraries of .NET that cells may use without a <c>#r</c>.</summary>
    /// <remarks>
    /// Not all 170: each one adds to the compile time of every cell. The others can be referenced: <c>#r
    /// "System.Data.Common"</c>.
    /// </remarks>
    private static readonly string[] Framework =
    [
        "Microsoft.CSharp", "System.Collections", "System.Collections.Concurrent", "System.Collections.Immutable",
        "System.ComponentModel", "System.ComponentModel.Primitives", "System.Console", "System.Diagnostics.DiagnosticSource",
        "System.Diagnostics.Process", "System.Diagnostics.StackTrace", "System.Drawing.Primitives", "System.IO.Compression",
        "System.IO.MemoryMappedFiles", "System.IO.Pipelines", "System.Linq", "System.Linq.AsyncEnumerable",
        "System.Linq.Expressions", "System.Memory", "System.Net.Http", "System.Net.Primitives", "System.ObjectModel",
        "System.Private.CoreLib", "System.Private.Uri", "System.Private.Xml", "System.Private.Xml.Linq", "System.Runtime",
        "System.Runtime.InteropServices", "System.Runtime.Numerics", "System.Text.Encodings.Web", "System.Text.Json",
        "System.Text.RegularExpressions", "System.Threading", "System.Threading.Channels", "System.Threading.Tasks.Parallel",
    ];

    /// <summary>Plotly.NET and what its methods name.</summary>
    private static readonly string[] Charts = ["DynamicObj", "FSharp.Core", "Plotly.NET", "Plotly.NET.CSharp"];

    private static readonly Dictionary<string, string> Shipped = FindShipped();
    private static readonly Lazy<ImmutableArray<MetadataReference>> Shared = new(CreateDefaults);

    private readonly ScriptMetadataResolver _paths = ScriptMetadataResolver.Default.WithBaseDirectory(folder);

    /// <summary>What every cell can use without a reference: .NET's own libraries, this one, .NET Interactive and Plotly.NET.</summary>
    public static ImmutableArray<MetadataReference> Defaults => Shared.Value;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        Shipped.TryGetValue(SimpleName(reference), out var shipped) && !IsFramework(shipped)
            ? [MetadataReference.CreateFromFile(shipped, properties)]
            : [.. _paths.ResolveReference(reference, baseFilePath, properties).Select(Remembered)];

    public override bool ResolveMissingAssemblies => _paths.ResolveMissingAssemblies;

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        Shipped.TryGetValue(referenceIdentity.Name, out var path)
            ? MetadataReference.CreateFromFile(path, MetadataReferenceProperties.Assembly)
            : _paths.ResolveMissingAssembly(definition, referenceIdentity);

    /// <summary>The path of an assembly that this process ships; null when it does not ship it.</summary>
    public static string? Find(string name) => Shipped.GetValueOrDefault(name);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>Finds the compiler's references again when the cell runs.</summary>
    private PortableExecutableReference Remembered(PortableExecutableReference reference)
    {
        if (reference.FilePath is { } path && !IsFramework(path))
            assemblies.AddPath(path);
        return reference;
    }

    private static string SimpleName(string reference) =>
        reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(reference) : reference;

    private static Dictionary<string, string> FindShipped()
    {
        var list = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        return list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key!, group => group.First(), StringComparer.OrdinalIgnoreCase);
    }

    private static ImmutableArray<MetadataReference> CreateDefaults() =>
        [
            .. Framework.Concat(Charts).Where(Shipped.ContainsKey).Select(name => MetadataReference.CreateFromFile(Shipped[name])),
            .. new[] { typeof(HostReferences), typeof(Interactive.Kernel), typeof(Interactive.Formatting.Formatter), typeof(IHtmlContent) }
                .Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
        ];

    private static bool IsFramework(string path) =>
        Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location);
}
