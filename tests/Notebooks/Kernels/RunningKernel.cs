using System.Collections.Concurrent;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>
/// One kernel process for the tests of a class. Formats and console belong to
/// a process, so kernels are tested in their own.
/// </summary>
public sealed class RunningKernel : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private KernelClient? _client;
    private int _count;

    /// <summary>Its working folder.</summary>
    public string Folder => _folder.Path;

    internal KernelClient Client => _client!;

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        _client = KernelClient.Start(KernelProgram.Default, _folder.Path);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The outputs of a cell.</summary>
    internal async Task<IReadOnlyList<CellOutput>> Run(string code, string kernel = "csharp")
    {
        var outputs = new ConcurrentQueue<CellOutput>();
        await Client.ExecuteAsync(
            $"test{Interlocked.Increment(ref _count)}", code, outputs.Enqueue, kernel, TestContext.Current.CancellationToken);
        return [.. outputs];
    }

    /// <summary>The representations of the one thing that a cell shows.</summary>
    internal async Task<MimeBundle> Shown(string code, string kernel = "csharp") => Assert.Single(await Run(code, kernel)) switch
    {
        ResultOutput result => result.Data,
        DisplayOutput display => display.Data,
        var other => throw new Xunit.Sdk.XunitException($"{other} shows no value"),
    };

    /// <summary>The text of the one thing that a cell shows.</summary>
    internal async Task<string?> Text(string code) => (await Shown(code))[MimeBundle.PlainText];

    /// <summary>The error of a cell.</summary>
    internal async Task<ErrorOutput> Error(string code, string kernel = "csharp") =>
        Assert.Single((await Run(code, kernel)).OfType<ErrorOutput>());
}
