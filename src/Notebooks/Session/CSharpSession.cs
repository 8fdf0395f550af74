using System.Diagnostics;
using LlmRabbitHoles.Lessons.Displays.Charts;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using LlmRabbitHoles.Notebooks.Session.Packages;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>C# cells that share state: what one declares, the next ones see; a later declaration hides an earlier one.</summary>
/// <remarks>
/// Each cell is a submission of C# script that continues those before it (<see cref="SubmissionChain"/>). Cells run one at a time, started
/// on one thread. Two things that script has not: <c>using var x = ...;</c> at the top level declares x, which is disposed when the session
/// ends (<see cref="OwnedValues"/>); and lines that start with <c>#!</c>, which are for the kernel, are left out.
/// Creating the first session of a process redirects its console: see <see cref="ConsoleCapture"/>.
/// </remarks>
public sealed partial class CSharpSession : IDisposable
{
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(KernelGlobals).FullName!,
    ];

    /// <summary>How long an interrupted cell may take to end its awaited operation.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly SessionOptions _options;
    private readonly PackageSet _packages;
    private readonly SubmissionChain _chain;
    private readonly OwnedValues _owned = new();
    private readonly CellThread _thread = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Task _warm;
    private int _executionCount;

    /// <summary>Opens a session and starts to warm up the compiler in the background.</summary>
    public CSharpSession(SessionOptions? options = null)
    {
        ConsoleCapture.Install();
        DefaultFormats.Install();
        _options = options ?? new SessionOptions();
        Assemblies = new SessionAssemblies();
        _packages = new PackageSet(new PackageRestore(_options.WorkingDirectory, _options.PackageCache), Assemblies);
        _chain = new SubmissionChain(
            ScriptOptions.Default
                .WithReferences(HostReferences.Defaults)
                .WithImports(Imports)
                .WithMetadataResolver(new HostReferences(_options.WorkingDirectory, Assemblies))
                .WithSourceResolver(new SourceFileResolver([], _options.WorkingDirectory))
                .WithLanguageVersion(LanguageVersion.Latest)
                .WithAllowUnsafe(true),
            Assemblies);
        _warm = Task.WhenAll(Task.Run(WarmUpAsync), Task.Run(ChartFormats.Install));
        _ = _warm.ContinueWith(_ => ChartFormats.WarmUp(), TaskScheduler.Default);
    }

    /// <summary>How many cells have run.</summary>
    public int ExecutionCount => _executionCount;

    /// <summary>The locations of the assemblies that cells use.</summary>
    internal SessionAssemblies Assemblies { get; }

    /// <summary>The runtime assemblies of the packages that cells asked for.</summary>
    internal IReadOnlyList<string> PackageAssemblies => _packages.Runtime;

    /// <summary>Every variable that a cell can name.</summary>
    internal IReadOnlyList<SessionVariable> Variables => _chain.Variables;

    /// <summary>Runs a cell and passes its outputs to <paramref name="show"/> in order while it runs.</summary>
    /// <param name="code">C# script. Positions in messages count its lines from 1.</param>
    /// <param name="show">Called from any thread, one call at a time. An error is an output too.</param>
    /// <param name="cancellationToken">
    /// Interrupts the cell in its loops, sleeps and waits; what it awaits gets a second to end. Other code runs to its end.
    /// </param>
    /// <returns>The outcome. Errors of the cell are shown, not thrown.</returns>
    public Task<CellOutcome> ExecuteAsync(string code, Action<CellOutput> show, CancellationToken cancellationToken = default) =>
        ExecuteAsync(code, show, number: null, cancellationToken);

    /// <summary>Declares a variable for later cells, or replaces one.</summary>
    /// <param name="name">A name that C# allows.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">The type to declare, which the value must have; null: the value's own.</param>
    /// <exception cref="ArgumentException">The compiler refuses the declaration.</exception>
    internal async Task SetAsync(string name, object? value, Type? type = null)
    {
        ErrorOutput? error = null;
        var declared = TypeName.Qualified(type ?? value?.GetType() ?? typeof(object));
        await ExecuteAsync($"{declared} {name} = default;", output => error = output as ErrorOutput ?? error,
            _executionCount, CancellationToken.None);
        if (error is not null)
            throw new ArgumentException($"A variable '{name}' can't be declared: {error.Value}", nameof(name));
        _chain.Set(name, value);
    }

    /// <summary>Runs a cell that the caller numbers; see the overload without a number.</summary>
    /// <param name="code">C# script.</param>
    /// <param name="show">Called from any thread, one call at a time.</param>
    /// <param name="cancellationToken">Interrupts the cell.</param>
    /// <param name="number">The cell's number in messages; null uses the next number.</param>
    /// <param name="starts">Called when the earlier cells have ended.</param>
    internal async Task<CellOutcome> ExecuteAsync(
        string code, Action<CellOutput> show, int? number, CancellationToken cancellationToken, Action? starts = null)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            starts?.Invoke();
            var clock = Stopwatch.StartNew();
            if (string.IsNullOrWhiteSpace(code))
                return new CellOutcome(true, null, clock.Elapsed);
            var count = _executionCount = number ?? _executionCount + 1;
            ConsoleCapture.Install();
            using var sink = new CellSink(show, _options, cancellationToken);
            using var watch = Interruption.Watch(cancellationToken);
            HostCancellation.Token = cancellationToken;
            var error = await RunAsync(code, count, sink, cancellationToken);
            ConsoleCapture.TakeNative?.Invoke();
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

    /// <summary>Ends the session and disposes the variables that its cells declared with <c>using</c>.</summary>
    public void Dispose()
    {
        _owned.Dispose();
        _thread.Dispose();
        _turn.Dispose();
    }

    /// <summary>Runs a cell that uses what every cell uses, so that the reader's first cell is fast.</summary>
    private async Task WarmUpAsync()
    {
        var cell = _chain.Continue("await Task.CompletedTask; new[] { 1 }.Select(x => x + 1).Sum()", "warm-up", [], CancellationToken.None);
        ValueFormatter.Format(await _chain.Start(_chain.Load(cell, CancellationToken.None)).Running);
    }

    /// <returns>Why the cell failed; null when it succeeded.</returns>
    private async Task<ErrorOutput?> RunAsync(string code, int count, CellSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await _warm;
            await RunCodeAsync(code, count, sink, cancellationToken);
            return null;
        }
        catch (CompilationErrorException refused)
        {
            return ErrorReport.OfCompilation(refused.Diagnostics, count);
        }
        catch (TimeoutException) when (cancellationToken.IsCancellationRequested)
        {
            return ErrorReport.OfInterruption(stopped: false);
        }
#pragma warning disable CA1031 // Whatever a cell throws is its output.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return ErrorOf(thrown, cancellationToken);
        }
    }

    private async Task RunCodeAsync(string code, int count, CellSink sink, CancellationToken cancellationToken)
    {
        var source = CellSource.ForCompiler(code);
        var cell = await Task.Run(() => CompileAsync(source, ErrorReport.FileOf(count), cancellationToken), cancellationToken);
        var owned = OwnedVariables.In(code).SelectMany(declaration => declaration.Names);
        var running = await _thread.RunAsync(() => Start(cell, owned, sink), cancellationToken);
        var value = await Finish(running, cancellationToken);
        await _thread.RunAsync(() => ShowResult(cell, value, count, sink), cancellationToken);
    }

    private static ErrorOutput ErrorOf(Exception thrown, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested && IsInterruption(thrown)
            ? ErrorReport.OfInterruption(stopped: true)
            : ErrorReport.OfException(thrown);

    private static bool IsInterruption(Exception thrown) => thrown is OperationCanceledException or ThreadInterruptedException
        || thrown is AggregateException several && several.InnerExceptions.All(IsInterruption);

    private async Task<Submission> CompileAsync(string code, string file, CancellationToken cancellationToken)
    {
        var packages = PackageDirective.In(code, file);
        var references = await RestoreAsync(packages, cancellationToken);
        code = CellSource.Blank(code, packages.Select(directive => directive.Span));
        var checkedCode = LoopChecks.Insert(code, cancellationToken);
        string[] imports = [];
        if (SafeCalls.MayBeNeeded(code))
        {
            (references, imports) = ([.. references, SafeCalls.Library], [SafeCalls.Namespace]);
            var cell = _chain.Continue(checkedCode, file, references, cancellationToken);
            checkedCode = SafeCalls.Insert(cell, TreeOf(cell, file));
        }

        try
        {
            return _chain.Load(_chain.Continue(checkedCode, file, references, cancellationToken, imports), cancellationToken);
        }
        catch (CompilationErrorException) when (!ReferenceEquals(checkedCode, code))
        {
            // Checks move columns, so the error is taken from the code as it was written.
            return _chain.Load(_chain.Continue(code, file, references, cancellationToken), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<MetadataReference>> RestoreAsync(
        IReadOnlyList<PackageDirective> directives, CancellationToken cancellationToken)
    {
        if (directives.Count == 0)
            return [];
        try
        {
            return await _packages.AddAsync(directives.Select(directive => directive.Package), cancellationToken);
        }
        catch (PackageException missing)
        {
            throw directives[0].Refused(missing.Message);
        }
    }

    private static SyntaxTree TreeOf(CSharpCompilation cell, string file) => cell.SyntaxTrees.Single(tree => tree.FilePath == file);

    private Task<object> Start(Submission cell, IEnumerable<string> owned, CellSink sink)
    {
        sink.Enter();
        var (running, state) = _chain.Start(cell);
        if (state is not null)
            _owned.Add(state, owned);
        return running;
    }

    private static async Task<object?> Finish(Task<object> running, CancellationToken cancellationToken)
    {
        try
        {
            return await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            return await running.WaitAsync(Grace, CancellationToken.None);
        }
    }

    private static bool ShowResult(Submission cell, object? value, int count, CellSink sink)
    {
        sink.Enter();
        // A value that was displayed is not shown again as the cell's result.
        if (value is DisplayedValue)
            return true;
        // A reader who writes HTML(...) wants a display, not a value.
        if (value is IHtmlContent)
            sink.Display(ValueFormatter.Format(value));
        else if (value is not null || EndsInNull(cell.Compilation, TreeOf(cell.Compilation, ErrorReport.FileOf(count))))
            sink.Result(count, ValueFormatter.Format(value));
        return true;
    }

    /// <summary>Whether the cell ends in an expression with the value null, not in a statement.</summary>
    private static bool EndsInNull(CSharpCompilation compilation, SyntaxTree tree)
    {
        var last = tree.GetCompilationUnitRoot().Members.LastOrDefault();
        return last is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement }
            && compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type is not { SpecialType: SpecialType.System_Void };
    }
}
