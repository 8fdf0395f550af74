using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>C# cells that share state: what one declares, the next ones see; a later declaration hides an earlier one.</summary>
/// <remarks>
/// Roslyn scripting: each cell is a submission that continues the one before. Cells run one at a time, started on one thread.
/// Creating the first session of a process redirects its console: see <see cref="ConsoleCapture"/>.
/// </remarks>
public sealed partial class CSharpSession : IDisposable
{
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(KernelGlobals).FullName!,
    ];

    /// <summary>How long an interrupted cell may take to end what it awaits.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

#pragma warning disable RS2008 // This is a message of the kernel, not a rule of an analyzer.
    private static readonly DiagnosticDescriptor PackageReference = new(
        "nuget", "Package reference",
        "'{0}' names a package, which this kernel does not restore; build its dll and name that: #r \"path/to.dll\"",
        "Kernel", DiagnosticSeverity.Error, isEnabledByDefault: true);
#pragma warning restore RS2008

    private readonly SessionOptions _options;
    private readonly ScriptOptions _first;
    private readonly ScriptOptions _next;
    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly CellThread _thread = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Task _warm;
    private volatile ScriptState<object>? _state;
    private int _executionCount;

    /// <summary>Opens a session and starts warming the compiler up in the background.</summary>
    public CSharpSession(SessionOptions? options = null)
    {
        ConsoleCapture.Install();
        _options = options ?? new SessionOptions();
        _first = ScriptOptions.Default
            .WithReferences(HostReferences.Defaults)
            .WithImports(Imports)
            .WithMetadataResolver(new HostReferences(_options.WorkingDirectory, _loader))
            .WithSourceResolver(new SourceFileResolver([], _options.WorkingDirectory))
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithAllowUnsafe(true)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
        // A submission sees what the ones before it refer to and import. Said again, it would be resolved again for every cell and kept.
        _next = _first.WithReferences(Array.Empty<MetadataReference>()).WithImports();
        _loader.RegisterDependency(typeof(CSharpSession).Assembly);
        _warm = Task.Run(WarmUpAsync);
    }

    /// <summary>Runs a cell; what it shows is handed to <paramref name="show"/> in order while it runs.</summary>
    /// <param name="code">C# script. Positions in messages count its lines from 1.</param>
    /// <param name="show">Called from any thread, one call at a time. An error is an output too.</param>
    /// <param name="cancellation">
    /// Interrupts the cell in its loops, sleeps and waits; what it awaits gets a second to end. Other code runs to its end.
    /// </param>
    /// <returns>How it ended. Errors of the cell are not thrown but shown.</returns>
    public async Task<CellOutcome> ExecuteAsync(string code, Action<CellOutput> show, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var clock = Stopwatch.StartNew();
            if (string.IsNullOrWhiteSpace(code))
                return new CellOutcome(true, null, clock.Elapsed);
            var count = ++_executionCount;
            using var sink = new CellSink(show, _options.OutputLimit, cancellation);
            using var watch = Interruption.Watch(cancellation);
            var error = await RunAsync(code, count, sink, cancellation);
            if (error is not null)
                sink.Error(error);
            sink.Flush();
            return new CellOutcome(error is null, count, clock.Elapsed);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        _loader.Dispose();
        _turn.Dispose();
    }

    /// <summary>What the next cell continues.</summary>
    private CSharpCompilation Latest => (CSharpCompilation)_state!.Script.GetCompilation();

    /// <summary>Runs a cell that touches what every cell touches, so that the reader's first one is quick.</summary>
    private async Task WarmUpAsync()
    {
        var script = CSharpScript.Create<object>(
            "using System; await Task.CompletedTask; new[] { 1 }.Select(x => x + 1).Sum()", _first, assemblyLoader: _loader);
        _state = await script.RunAsync();
        ValueFormatter.Format(_state.ReturnValue);
    }

    /// <returns>Why the cell failed; null when it did not.</returns>
    private async Task<ErrorOutput?> RunAsync(string code, int count, CellSink sink, CancellationToken cancellation)
    {
        try
        {
            await _warm;
            var script = await Task.Run(() => Compile(code, count, cancellation), cancellation);
            var running = await _thread.RunAsync(() => Start(script, sink), cancellation);
            var state = await Finish(running, cancellation);
            _state = state;
            return state.Exception is { } thrown
                ? ErrorOf(thrown, cancellation)
                : await _thread.RunAsync(() => ShowResult(script, state, count, sink), cancellation);
        }
        catch (CompilationErrorException refused)
        {
            return ErrorReport.OfCompilation(refused.Diagnostics, count);
        }
        catch (TimeoutException)
        {
            return ErrorReport.OfInterruption(stopped: false);
        }
#pragma warning disable CA1031 // Whatever a cell throws is its output.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return ErrorOf(thrown, cancellation);
        }
    }

    private static ErrorOutput ErrorOf(Exception thrown, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested && IsInterruption(thrown)
            ? ErrorReport.OfInterruption(stopped: true)
            : ErrorReport.OfException(thrown);

    private static bool IsInterruption(Exception thrown) => thrown is OperationCanceledException or ThreadInterruptedException
        || thrown is AggregateException several && several.InnerExceptions.All(IsInterruption);

    private Script<object> Compile(string code, int count, CancellationToken cancellation)
    {
        var stoppable = LoopChecks.Insert(code, cancellation);
        var script = Continue(stoppable, count);
        RefusePackages(script, cancellation);
        var errors = ErrorsOf(script, cancellation);
        if (errors.Length > 0 && stoppable != code)
        {
            script = Continue(code, count);
            errors = ErrorsOf(script, cancellation);
        }

        return errors.Length == 0 ? script : throw new CompilationErrorException("", errors);
    }

    private Script<object> Continue(string code, int count) =>
        _state!.Script.ContinueWith<object>(code, _next.WithFilePath(ErrorReport.FileOf(count)));

    private static ImmutableArray<Diagnostic> ErrorsOf(Script script, CancellationToken cancellation) =>
        [.. script.Compile(cancellation).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    private static void RefusePackages(Script script, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)script.GetCompilation().SyntaxTrees.First().GetRoot(cancellation);
        var package = root.GetReferenceDirectives()
            .FirstOrDefault(line => line.File.ValueText.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase));
        if (package is null)
            return;
        var refusal = Diagnostic.Create(PackageReference, package.File.GetLocation(), package.File.ValueText);
        throw new CompilationErrorException("", [refusal]);
    }

    private Task<ScriptState<object>> Start(Script<object> script, CellSink sink)
    {
        sink.Enter();
        return script.RunFromAsync(_state!, catchException: _ => true);
    }

    private static async Task<ScriptState<object>> Finish(Task<ScriptState<object>> running, CancellationToken cancellation)
    {
        try
        {
            return await running.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            return await running.WaitAsync(Grace, CancellationToken.None);
        }
    }

    private static ErrorOutput? ShowResult(Script<object> script, ScriptState<object> state, int count, CellSink sink)
    {
        if (state.ReturnValue is not null || EndsInNull(script))
            sink.Result(count, ValueFormatter.Format(state.ReturnValue));
        return null;
    }

    /// <summary>Whether the cell ends in an expression whose value is null, rather than in none.</summary>
    private static bool EndsInNull(Script script)
    {
        var compilation = script.GetCompilation();
        var tree = compilation.SyntaxTrees.First();
        var last = ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault();
        return last is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement }
            && compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type is not { SpecialType: SpecialType.System_Void };
    }
}
