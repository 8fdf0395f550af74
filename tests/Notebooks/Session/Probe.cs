using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Compiled code for tested cells to call, where the session cannot insert checks, and a place to record messages.</summary>
public static class Probe
{
    /// <summary>The lines with which a cell references this class.</summary>
    public const string Reference = "#r \"LlmRabbitHoles.Notebooks.Tests\"\nusing LlmRabbitHoles.Notebooks.Tests;\n";

    private static readonly Lock Writing = new();
    private static readonly List<string> Words = [];

    /// <summary>Records a message.</summary>
    public static void Say(string word)
    {
        lock (Writing)
            Words.Add(word);
    }

    /// <summary>The recorded messages that begin with <paramref name="topic"/>, in order.</summary>
    public static IReadOnlyList<string> Said(string topic)
    {
        lock (Writing)
            return [.. Words.Where(word => word.StartsWith(topic, StringComparison.Ordinal))];
    }

    /// <summary>Generates with a model forever.</summary>
    public static void WriteForEver(LanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var generator = new TextGenerator(model);
        while (true)
        {
            Console.Write(".");
            generator.Generate([1, 2, 3], new GenerationOptions { StopTokens = [] });
        }
    }

    /// <summary>A disposable object that records a message when disposed.</summary>
    public sealed class Disposable(string word) : IDisposable
    {
        /// <summary>The message.</summary>
        public string Word => word;

        /// <inheritdoc/>
        public void Dispose() => Say(word);
    }

    /// <summary>An asynchronously disposable object that records a message when disposed.</summary>
    public sealed class AsyncDisposable(string word) : IAsyncDisposable
    {
        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Say(word);
        }
    }
}
