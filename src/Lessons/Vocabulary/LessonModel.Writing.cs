using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Lessons;

public sealed partial class LessonModel
{
    /// <summary>The answer to a message.</summary>
    /// <param name="message">The user's message.</param>
    /// <param name="maxTokens">Tokens to write at most. Default 64.</param>
    /// <param name="temperature">0, the default, takes the likeliest token at each step.</param>
    /// <param name="seed">Throws the dice where the temperature is above 0.</param>
    public Answer Ask(string message, int maxTokens = 64, double temperature = 0, int seed = 1) =>
        Ask([new ChatMessage("user", message)], maxTokens, temperature, seed);

    /// <summary>The answer in a conversation.</summary>
    /// <param name="messages">From the first to the last turn.</param>
    /// <param name="maxTokens">Tokens to write at most. Default 64.</param>
    /// <param name="temperature">0, the default, takes the likeliest token at each step.</param>
    /// <param name="seed">Throws the dice where the temperature is above 0.</param>
    public Answer Ask(IReadOnlyList<ChatMessage> messages, int maxTokens = 64, double temperature = 0, int seed = 1) =>
        Write(Model.EncodeChat(messages), maxTokens, temperature, seed);

    /// <summary>The one text that a conversation becomes before it goes in: the chat template writes it.</summary>
    public string Prompt(params IReadOnlyList<ChatMessage> messages) =>
        Tokenizer.Text(Model.EncodeChat(messages));

    /// <summary>The continuation of a text.</summary>
    /// <param name="text">Goes in as it is, without a chat's marks.</param>
    /// <param name="maxTokens">Tokens to write at most. Default 32.</param>
    /// <param name="temperature">0, the default, takes the likeliest token at each step.</param>
    /// <param name="seed">Throws the dice where the temperature is above 0.</param>
    public Answer Continue(string text, int maxTokens = 32, double temperature = 0, int seed = 1) =>
        Write(Ids(text), maxTokens, temperature, seed);

    /// <summary>An empty cache, into which texts are read step by step.</summary>
    public LessonCache OpenCache() => new(Model, _pass);

    /// <summary>Reads tokens in one step and keeps nothing.</summary>
    /// <param name="ids">At least one.</param>
    public ReadingStep Read(params IReadOnlyList<int> ids)
    {
        using var cache = OpenCache();
        return cache.Read(ids);
    }

    private Answer Write(int[] prompt, int maxTokens, double temperature, int seed)
    {
        var options = new GenerationOptions
        {
            MaxTokens = maxTokens,
            Sampling = temperature == 0 ? SamplingOptions.Greedy : new SamplingOptions { Temperature = temperature, Seed = seed },
        };
        return new Answer(new TextGenerator(Model, _pass).Generate(prompt, options), Model, After);
    }
}
