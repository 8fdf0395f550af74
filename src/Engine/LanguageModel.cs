using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Quantization;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tracing;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles;

/// <summary>A model that is ready to be used: weights on a device, tokenizer, chat template and defaults.</summary>
public sealed class LanguageModel : IDisposable
{
    private readonly Lock _using = new();
    private readonly Tokenizer? _tokenizer;
    private readonly ChatTemplate? _chatTemplate;
    private int _uses;
    private bool _disposed;

    /// <summary>Makes a model from its parts.</summary>
    /// <param name="decoder">The model becomes its owner.</param>
    /// <param name="tokenizer">Null: the model reads and writes ids only.</param>
    /// <param name="chatTemplate">Null: the model has no chat format.</param>
    /// <param name="defaults">End tokens and sampling settings.</param>
    /// <param name="folder">The folder that it was loaded from.</param>
    public LanguageModel(
        Decoder decoder, Tokenizer? tokenizer = null, ChatTemplate? chatTemplate = null, GenerationDefaults? defaults = null,
        string folder = "")
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Decoder = decoder;
        _tokenizer = tokenizer;
        _chatTemplate = chatTemplate;
        Defaults = defaults ?? new GenerationDefaults();
        Folder = folder;
        Device = decoder.Device;
        Dtype = decoder.Dtype;
        ParameterCount = WeightMap.ParameterCount(decoder.Config);
    }

    /// <summary>The transformer.</summary>
    public Decoder Decoder { get; }

    /// <summary>Its sizes and variants.</summary>
    public DecoderConfig Config => Decoder.Config;

    /// <summary>Whether the model's folder has a tokenizer; without one it reads and writes ids only.</summary>
    public bool HasTokenizer => _tokenizer is not null;

    /// <summary>Text to ids and back.</summary>
    /// <exception cref="PromptException">The folder has no such file.</exception>
    public Tokenizer Tokenizer => _tokenizer ?? throw new PromptException(
        $"The model in '{Folder}' has no tokenizer.json, so it reads and writes ids only. Add the file, or give token ids.");

    /// <summary>Whether the model has a chat format.</summary>
    public bool HasChatTemplate => _chatTemplate is not null;

    /// <summary>Messages to text.</summary>
    /// <exception cref="PromptException">The folder has no such file.</exception>
    public ChatTemplate ChatTemplate => _chatTemplate ?? throw new PromptException(
        $"The model in '{Folder}' has no chat template, which a chat needs. Use a plain prompt, or add chat_template.jinja.");

    /// <summary>The marks of thoughts and tool calls, found by the model's tokens.</summary>
    /// <exception cref="PromptException">The folder has no tokenizer.</exception>
    public ChatFormat ChatFormat => field ??= ChatFormat.Of(Tokenizer);

    /// <summary>End tokens and sampling settings of the checkpoint.</summary>
    public GenerationDefaults Defaults { get; }

    /// <summary>Where the weights are.</summary>
    public Device Device { get; }

    /// <summary>The dtype in which the model computes.</summary>
    public ScalarType Dtype { get; }

    /// <summary>The folder it was loaded from.</summary>
    public string Folder { get; }

    /// <summary>The folder's own name.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    /// <summary>Bytes of all weights as the model holds them.</summary>
    public long WeightBytes => Decoder.WeightBytes;

    /// <summary>How many numbers the model has learned.</summary>
    public long ParameterCount { get; }

    /// <summary>Loads a Hugging Face folder or a GGUF file.</summary>
    /// <param name="folder">Default: <c>RABBIT_MODEL</c>, else Alice.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>auto</c>; default: <c>RABBIT_DEVICE</c>, else <c>auto</c>.</param>
    /// <param name="dtype">The dtype to compute in; default: <see cref="CheckpointWeights.DtypeFor"/>.</param>
    /// <param name="quantization">What weights become as they are read; default: they stay as they are stored.</param>
    /// <exception cref="CheckpointException">The folder is not a checkpoint that can be read, or its weights have another hash
    /// than recorded.</exception>
    /// <exception cref="DeviceException">The device asked for is not there.</exception>
    public static LanguageModel Load(
        string? folder = null, string? device = null, ScalarType? dtype = null, WeightQuantization? quantization = null)
    {
        var place = DeviceChoice.Parse(device);
        using var checkpoint = Checkpoint.Open(folder ?? ModelFolder.Default());
        using var noGradients = no_grad();
        var decoder = Read(checkpoint, place, dtype, quantization);
        try
        {
            decoder.eval();
            DeviceChoice.Prove(decoder, place);
            return new LanguageModel(decoder, checkpoint.Tokenizer, checkpoint.ChatTemplate, checkpoint.Defaults, checkpoint.Folder);
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <summary>Reads the weights while their hashes are checked, which takes about as long. Both have ended when it returns or
    /// throws.</summary>
    private static Decoder Read(Checkpoint checkpoint, Device place, ScalarType? dtype, WeightQuantization? quantization)
    {
        var hashes = Task.Run(checkpoint.CheckHashes);
        Decoder? decoder = null;
        try
        {
            IWeightSource weights = new CheckpointWeights(checkpoint, place, dtype);
            if (quantization is not null) weights = new QuantizingWeights(weights, quantization);
            decoder = new Decoder(checkpoint.Config, weights, device: place);
            hashes.GetAwaiter().GetResult();
            return decoder;
        }
        catch
        {
            decoder?.Dispose();
            // The checkpoint is disposed next, and the other task still reads it. What it may throw is not what went wrong first.
            Task.WaitAny(hashes);
            throw;
        }
    }

    /// <summary>The sizes that a cache of this model has for each token.</summary>
    public CacheShape CacheShape => new(Config.Layers, Config.KeyValueHeads, Config.HeadDim, Dtype, Device);

    /// <summary>An empty cache that fits this model.</summary>
    /// <param name="capacity">Tokens that fit; default: the whole context.</param>
    /// <param name="batch">Sequences side by side. Default 1.</param>
    /// <param name="kind">How it holds keys and values. Default: contiguous.</param>
    public IKeyValueCache CreateCache(int? capacity = null, int batch = 1, CacheKind? kind = null)
    {
        ThrowIfDisposed();
        return (kind ?? CacheKind.Contiguous).Create(CacheShape, capacity ?? Config.ContextLength, batch);
    }

    /// <summary>Continues a text and returns it whole.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="cancellationToken">Ends the text, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The model has no tokenizer, or the prompt is empty or too long.</exception>
    public GenerationResult Generate(string prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new TextGenerator(this).Generate(Encode(prompt), options, cancellationToken);

    /// <summary>Continues a text and hands out each token as it is sampled, on the thread that reads them.</summary>
    /// <inheritdoc cref="Generate" path="/*[not(self::summary)]"/>
    public GenerationSequence Stream(string prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new TextGenerator(this).Stream(Encode(prompt), options, cancellationToken: cancellationToken);

    /// <summary>Continues a text and hands out each token as it is sampled, on a thread of its own.</summary>
    /// <inheritdoc cref="Generate" path="/*[not(self::summary)]"/>
    public GenerationRun StreamAsync(string prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        new TextGenerator(this).StreamAsync(Encode(prompt), options, cancellationToken);

    /// <summary>Answers a message.</summary>
    /// <param name="message">The user's message.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="cancellationToken">Ends the answer, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The model has no tokenizer or no chat template, or the message is too long.</exception>
    public GenerationResult Chat(string message, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Chat([new ChatMessage("user", message)], options, cancellationToken: cancellationToken);

    /// <summary>Answers in a conversation.</summary>
    /// <param name="messages">From the first to the last turn.</param>
    /// <param name="options">Null settings come from the model's <c>generation_config.json</c>; else greedy and 128 tokens.</param>
    /// <param name="tools">The tools that the model may call; default none.</param>
    /// <param name="cancellationToken">Ends the answer, with <see cref="StopReason.Cancelled"/>.</param>
    /// <exception cref="PromptException">The model has no tokenizer or no chat template, or the conversation is too long.</exception>
    /// <returns>Its stop reason is <see cref="StopReason.ToolUse"/> where the model ended its turn to have a tool called.</returns>
    public GenerationResult Chat(
        IReadOnlyList<ChatMessage> messages, GenerationOptions? options = null, IReadOnlyList<IToolSignature>? tools = null,
        CancellationToken cancellationToken = default)
    {
        var result = new TextGenerator(this).Generate(EncodeChat(messages, tools), options, cancellationToken);
        return result.StopReason == StopReason.EndTurn && ChatFormat.Read(Tokenizer.Decode(result.Tokens)).Calls.Count > 0
            ? result with { StopReason = StopReason.ToolUse }
            : result;
    }

    /// <summary>One plain forward over a text, without a cache.</summary>
    /// <param name="tokens">At least one id, at most the context.</param>
    /// <param name="trace">Records activations by name; null records nothing.</param>
    /// <param name="pass">The attention and the edits of the forward; null (the default): the model's own.</param>
    /// <returns>[time, vocab] float32 on the CPU, owned by the caller's scope.</returns>
    /// <exception cref="PromptException">No tokens, too many, or ids outside the vocabulary.</exception>
    public Tensor Logits(IReadOnlyList<int> tokens, ActivationTrace? trace = null, ForwardPass? pass = null)
    {
        CheckPrompt(tokens, past: 0);
        using var use = Use();
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var input = tensor(tokens.Select(id => (long)id).ToArray(), 1, tokens.Count, device: Device);
        var logits = Decoder.call(input, (pass ?? new ForwardPass()) with { Trace = trace ?? pass?.Trace });
        var wide = logits.squeeze(0).to(ScalarType.Float32).cpu();
        LogitsCheck.Check(wide.max().item<float>(), this);
        return wide.MoveToOuterDisposeScope();
    }

    /// <summary>The prompt that a conversation becomes, as ids.</summary>
    /// <param name="messages">From the first to the last turn.</param>
    /// <param name="tools">The tools that the model may call; default none.</param>
    /// <param name="mayThink">False closes the model's thoughts before they begin, with templates that know <c>enable_thinking</c>.</param>
    /// <exception cref="PromptException">The model has no tokenizer or no chat template.</exception>
    public int[] EncodeChat(IReadOnlyList<ChatMessage> messages, IReadOnlyList<IToolSignature>? tools = null, bool mayThink = true)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        // SmolLM3's template calls them xml_tools.
        if (tools is { Count: > 0 }) variables["tools"] = variables["xml_tools"] = ToolSchemas.Of(tools);
        if (!mayThink) variables["enable_thinking"] = false;
        if (!ChatTemplate.Source.Contains("tool", StringComparison.Ordinal)) messages = ChatFormat.Prepared(messages, tools ?? []);
        // The template writes the mark at the beginning itself where it wants one; the post-processor must not add a second.
        return Tokenizer.Encode(ChatTemplate.Render(messages, variables: variables), addSpecialTokens: false);
    }

    private int[] Encode(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return Tokenizer.Encode(prompt, addSpecialTokens: true);
    }

    /// <summary>Refuses a prompt that the model cannot read.</summary>
    /// <param name="tokens">The ids.</param>
    /// <param name="past">Tokens already in the cache.</param>
    /// <exception cref="PromptException">Says what is wrong and how to mend it.</exception>
    internal void CheckPrompt(IReadOnlyList<int> tokens, int past)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ThrowIfDisposed();
        if (tokens.Count == 0) throw new PromptException("The prompt is empty: the model needs at least one token to continue from.");
        if (past + tokens.Count > Config.ContextLength)
        {
            throw new PromptException(
                $"The prompt has {past + tokens.Count} tokens and the model's context holds {Config.ContextLength}. " +
                $"Shorten it by {past + tokens.Count - Config.ContextLength} tokens, or use a model with a longer context.");
        }
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] < 0 || tokens[i] >= Config.VocabularySize)
            {
                throw new PromptException($"Token {i} of the prompt is {tokens[i]}, and the model's vocabulary goes from 0 to " +
                    $"{Config.VocabularySize - 1}. Was it made with another tokenizer?");
            }
        }
    }

    /// <summary>Keeps the weights while they are being read.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed; the message names it.</exception>
    internal Lease Use()
    {
        lock (_using)
        {
            ThrowIfDisposed();
            _uses++;
            return new Lease(this);
        }
    }

    /// <summary>Frees the weights; a forward that still reads them frees them at its end.</summary>
    public void Dispose()
    {
        lock (_using)
        {
            if (_disposed) return;
            _disposed = true;
            if (_uses > 0) return;
        }
        Decoder.Dispose();
    }

    private void ThrowIfDisposed()
    {
        if (_disposed) throw new ObjectDisposedException(
            Name, $"The model '{Name}' was disposed, and something still uses it. Dispose it after its last answer, or load it again.");
    }

    private void EndUse()
    {
        lock (_using)
        {
            if (--_uses > 0 || !_disposed) return;
        }
        Decoder.Dispose();
    }

    /// <summary>A use of the weights, ended by disposing it.</summary>
    internal readonly struct Lease(LanguageModel model) : IDisposable
    {
        public void Dispose() => model.EndUse();
    }
}
