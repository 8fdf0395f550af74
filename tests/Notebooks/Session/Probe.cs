using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>What cells under test call: compiled code, into which the session can write no questions, and a place to leave word.</summary>
public static class Probe
{
    /// <summary>How a cell reaches this class.</summary>
    public const string Reference = "#r \"LlmRabbitHoles.Notebooks.Tests\"\nusing LlmRabbitHoles.Notebooks.Tests;\n";

    private static readonly Lock Writing = new();
    private static readonly List<string> Words = [];

    /// <summary>Leaves word.</summary>
    public static void Say(string word)
    {
        lock (Writing)
            Words.Add(word);
    }

    /// <summary>The words that begin with <paramref name="topic"/>, in the order in which they were said.</summary>
    public static IReadOnlyList<string> Said(string topic)
    {
        lock (Writing)
            return [.. Words.Where(word => word.StartsWith(topic, StringComparison.Ordinal))];
    }

    /// <summary>Writes with a model for ever.</summary>
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

    /// <summary>Something to be disposed, which then leaves word.</summary>
    public sealed class Disposable(string word) : IDisposable
    {
        /// <summary>What it says.</summary>
        public string Word => word;

        /// <inheritdoc/>
        public void Dispose() => Say(word);
    }

    /// <summary>Something to be disposed asynchronously, which then leaves word.</summary>
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
