using LlmRabbitHoles.Chat.Jinja;

namespace LlmRabbitHoles.Chat;

/// <summary>
/// Writes a conversation as the one text that a model was trained on: a Jinja template, as checkpoints carry it, with the
/// meaning that it has in Hugging Face's transformers. Never changes; may be used from many threads.
/// </summary>
public sealed class ChatTemplate
{
    private readonly IReadOnlyList<Statement> _body;
    private readonly TimeProvider _clock;

    private ChatTemplate(string source, TimeProvider clock)
    {
        Source = source;
        _clock = clock;
        try
        {
            _body = TemplateParser.Parse(source);
        }
        catch (Exception cause) when (cause is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new ChatTemplateException($"The chat template cannot be read: {cause.Message}", cause);
        }
    }

    private ChatTemplate(ChatTemplate other, IReadOnlyDictionary<string, object?> specialTokens)
    {
        (Source, _clock, _body) = (other.Source, other._clock, other._body);
        SpecialTokens = specialTokens;
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <summary>
    /// What the tokenizer calls its marks, which the template may write: bos_token, eos_token, additional_special_tokens. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, object?> SpecialTokens { get; } = new Dictionary<string, object?>();

    /// <summary>The same template for a tokenizer with these marks, which it knows in every rendering, as in transformers.</summary>
    /// <param name="specialTokens">Names such as bos_token; a text each, or a list of texts.</param>
    public ChatTemplate With(IReadOnlyDictionary<string, object?> specialTokens)
    {
        ArgumentNullException.ThrowIfNull(specialTokens);
        return new ChatTemplate(this, specialTokens);
    }

    /// <summary>Reads a template.</summary>
    /// <param name="jinja">Its text; newlines after tags and spaces before them are no output, as in transformers.</param>
    /// <exception cref="ChatTemplateException">The text is no template.</exception>
    public static ChatTemplate Parse(string jinja) => Parse(jinja, TimeProvider.System);

    /// <summary>Reads a template that may ask for today's date.</summary>
    /// <param name="jinja">Its text.</param>
    /// <param name="clock">What <c>strftime_now</c> reads.</param>
    /// <exception cref="ChatTemplateException">The text is no template.</exception>
    public static ChatTemplate Parse(string jinja, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(jinja);
        ArgumentNullException.ThrowIfNull(clock);
        return new ChatTemplate(jinja, clock);
    }

    /// <summary>Writes a conversation.</summary>
    /// <param name="messages">The messages in order.</param>
    /// <param name="addGenerationPrompt">End with what comes before an answer of the model.</param>
    /// <param name="variables">Further names that the template may know: tools, enable_thinking. They win over the special tokens.</param>
    /// <exception cref="ChatTemplateException">The template fails or refuses the messages.</exception>
    public string Render(
        IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt = true, IReadOnlyDictionary<string, object?>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        try
        {
            var scope = new Scope(TemplateGlobals.Create(_clock));
            foreach (var (name, value) in SpecialTokens) scope[name] = TemplateValue.From(value);
            scope["messages"] = TemplateValue.From(messages);
            scope["add_generation_prompt"] = addGenerationPrompt;
            foreach (var (name, value) in variables ?? new Dictionary<string, object?>()) scope[name] = TemplateValue.From(value);
            return new Interpreter(new Budget()).Render(_body, scope);
        }
        catch (Exception cause) when (cause is not (ChatTemplateException or OutOfMemoryException))
        {
            // Also what a value does that a caller hands in, such as JSON whose text has half a character.
            throw new ChatTemplateException($"The chat template fails on these messages: {cause.Message}", cause);
        }
    }
}
