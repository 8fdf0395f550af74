using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>The cells that later cells can see: their compilations and the objects that hold their variables.</summary>
/// <remarks>
/// Roslyn's scripting API keeps every cell forever: its code, its compilation and its assembly. Here a cell is
/// kept only while a later cell can name something of it, and its assembly can be unloaded when nothing
/// of it is in use.
/// </remarks>
internal sealed class SubmissionChain
{
    /// <summary>Holds the host's globals in Roslyn's own sessions; ours has none.</summary>
    private const int FirstSlot = 1;

    private static readonly EmitOptions Emitting = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly CSharpCompilation _start;
    private readonly SessionAssemblies _assemblies;
    private volatile ImmutableList<KeptCell> _kept = [];
    private object?[] _slots = new object?[FirstSlot];
    private bool _canForget = true;
    private int _number;

    /// <param name="options">The references and imports of the first cell.</param>
    /// <param name="assemblies">Locates the cells' assemblies.</param>
    public SubmissionChain(ScriptOptions options, SessionAssemblies assemblies)
    {
        _assemblies = assemblies;
        // Only the scripting API can set some options, so its compilation of an empty script is the template.
        _start = (CSharpCompilation)CSharpScript.Create<object>("", options).GetCompilation();
    }

    /// <summary>The compilation that the next cell continues.</summary>
    public CSharpCompilation Latest => _kept is [.., var last] ? last.Compilation : _start;

    /// <summary>How many cells are kept.</summary>
    public int Count => _kept.Count;

    /// <summary>Every variable that a cell can name, the newest of each name, in the order in which they were declared.</summary>
    public IReadOnlyList<SessionVariable> Variables
    {
        get
        {
            var kept = _kept;
            var newest = new Dictionary<string, KeptCell>(StringComparer.Ordinal);
            foreach (var cell in kept)
            {
                foreach (var name in cell.Names)
                    newest[name] = cell;
            }

            return
            [
                .. kept.SelectMany(cell => cell.Variables
                    .Where(name => ReferenceEquals(newest[name], cell))
                    .Select(name => SessionVariable.Of(name, cell.State!))),
            ];
        }
    }

    /// <summary>Assigns a value to the newest variable with that name.</summary>
    public void Set(string name, object? value)
    {
        var state = _kept.Last(cell => cell.Variables.Contains(name)).State!;
        SessionVariable.FieldOf(name, state).SetValue(state, value);
    }

    /// <summary>The cell as the compiler sees it, not yet compiled.</summary>
    /// <param name="code">C# script.</param>
    /// <param name="file">Its file name in positions and stack traces.</param>
    /// <param name="references">References beyond those of earlier cells; later cells get them too.</param>
    /// <param name="cancellationToken">Ends the parsing.</param>
    /// <param name="imports">Imported namespaces; later cells get them too.</param>
    /// <exception cref="CompilationErrorException">The code is nested too deeply for the compiler.</exception>
    public CSharpCompilation Continue(
        string code, string file, IReadOnlyList<MetadataReference> references, CancellationToken cancellationToken, params string[] imports)
    {
        var tree = CSharpSyntaxTree.ParseText(
            SourceText.From(code, Encoding.UTF8), CellSource.ParseOptions, file, cancellationToken);
        CellDepth.Check(tree.GetRoot(cancellationToken));
        var number = Interlocked.Increment(ref _number);
        // A cell inherits earlier cells' references and imports. Repeating them would resolve and keep them for every cell.
        return CSharpCompilation.CreateScriptCompilation(
            $"{SessionAssemblies.CellPrefix}{number}", tree, references,
            _start.Options.WithScriptClassName($"Submission#{number}").WithUsings(imports),
            Latest, typeof(object));
    }

    /// <summary>Makes a cell ready to run.</summary>
    /// <exception cref="CompilationErrorException">The compiler refuses it.</exception>
    public Submission Load(CSharpCompilation cell, CancellationToken cancellationToken)
    {
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = cell.Emit(code, symbols, options: Emitting, cancellationToken: cancellationToken);
        var errors = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToImmutableArray();
        if (errors.Length > 0)
            throw new CompilationErrorException("", errors);
        // For a cell of usings, Emit reports failure without an error.
        if (!emitted.Success || cell.GetEntryPoint(cancellationToken) is not { } entry)
            return new Submission(cell, null);
        (code.Position, symbols.Position) = (0, 0);
        var assembly = new CellAssembly(_assemblies).LoadFromStream(code, symbols);
        var start = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!.GetMethod(entry.MetadataName, AnyStatic)!;
        return new Submission(cell, start.CreateDelegate<Func<object?[], Task<object>>>());
    }

    /// <summary>
    /// Starts a cell. Later cells see it once its object exists, which is before its first statement, even if it throws.
    /// </summary>
    /// <returns>The cell's run, which gives its last value, and the object that holds its variables, if it has any.</returns>
    public (Task<object> Running, object? State) Start(Submission cell)
    {
        if (cell.Start is null)
        {
            Keep(cell, state: null);
            return (Task.FromResult<object>(null!), null);
        }

        var slots = _slots;
        Array.Resize(ref slots, slots.Length + 1);
        var running = cell.Start(slots);
        var state = slots[^1] ?? throw new InvalidOperationException(
            $"{cell.Compilation.AssemblyName} did not take its place behind {_slots.Length - FirstSlot} cells.");
        Keep(cell, state);
        return (running, state);
    }

    private void Keep(Submission cell, object? state)
    {
        if (!cell.IsNeeded)
            return;
        if (state is not null)
        {
            var assembly = state.GetType().Assembly;
            _assemblies.Add(assembly);
            // The compiler numbers anonymous types along the chain, so after the first one the chain does not change.
            _canForget &= !assembly.GetTypes().Any(type => type.Name.StartsWith("<>", StringComparison.Ordinal));
        }

        var all = _kept.Add(KeptCell.Of(cell, state));
        var left = _canForget ? Superseded.LeftOutOf(all) : all;
        _kept = left.Count < all.Count ? Linked(left) : all;
        _slots = [null, .. _kept.Select(kept => kept.State).OfType<object>()];
    }

    /// <summary>The same cells, each continuing the one that now precedes it.</summary>
    private ImmutableList<KeptCell> Linked(ImmutableList<KeptCell> cells)
    {
        var previous = _start;
        var linked = ImmutableList.CreateBuilder<KeptCell>();
        foreach (var cell in cells)
        {
            var info = cell.Compilation.ScriptCompilationInfo!;
            linked.Add(ReferenceEquals(info.PreviousScriptCompilation, previous)
                ? cell
                : cell with { Compilation = cell.Compilation.WithScriptCompilationInfo(info.WithPreviousScriptCompilation(previous)) });
            previous = linked[^1].Compilation;
        }

        return linked.ToImmutable();
    }

    /// <summary>One cell's assembly, unloaded when nothing in it is in use.</summary>
    private sealed class CellAssembly(SessionAssemblies assemblies) : AssemblyLoadContext("cell", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) => assemblies.Find(assemblyName);

        protected override nint LoadUnmanagedDll(string unmanagedDllName) => assemblies.FindNative(unmanagedDllName);
    }
}
