using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>
/// A family of models: how its checkpoints write settings and name weights. The decoder itself knows no families.
/// </summary>
public abstract class Architecture
{
    /// <summary>The families that can be read and written. A new one is a file beside this and a word here.</summary>
    public static IReadOnlyList<Architecture> All { get; } =
    [
        new Llama(), new Gpt2(), new Qwen2(), new Qwen3(), new Mistral(), new SmolLm3(), new Olmo2(), new Phi3(), new Gemma2(),
        new Gemma3(),
    ];

    /// <summary>The names of all, as a message lists them: "llama, gpt2 or qwen2".</summary>
    internal static string Names { get; } = $"{string.Join(", ", All.SkipLast(1).Select(family => family.Name))} or {All[^1].Name}";

    /// <summary>The model_type of its config.json.</summary>
    public abstract string Name { get; }

    /// <summary>The model_type of a config.json whose text_config is this family's, beside a part that reads images; null: there is none.
    /// </summary>
    internal virtual string? NameWithImages => null;

    /// <summary>The class that transformers loads it with.</summary>
    public abstract string ClassName { get; }

    /// <summary>What llama.cpp calls it.</summary>
    public virtual string GgufName => Name;

    /// <summary>Prefixes that the names of a checkpoint's weights may share, the usual one first.</summary>
    internal virtual IReadOnlyList<string> Prefixes => ["model.", ""];

    /// <summary>What the names of tensors begin with that belong to a part which reads images.</summary>
    internal virtual IReadOnlyList<string> ImagePrefixes => [];

    /// <summary>The family of that name.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public static Architecture Named(string name) => All.FirstOrDefault(family => family.Name == name)
        ?? throw new CheckpointException($"Architecture is '{name}'; it must be {Names}.");

    /// <summary>Reads the settings of a config.json; a missing key takes the default that transformers gives it.</summary>
    /// <exception cref="CheckpointException">A size is missing, or a setting cannot be kept to.</exception>
    internal abstract DecoderConfig Read(JsonSection json);

    /// <summary>Reads the text_config of a model that reads images, too. The default is for families without such models.</summary>
    /// <exception cref="CheckpointException">A size is missing, or a setting cannot be kept to.</exception>
    internal virtual DecoderConfig ReadWithImages(JsonSection textConfig) => Read(textConfig);

    /// <summary>The settings as a config.json says them.</summary>
    internal abstract JsonObject Write(DecoderConfig config);

    /// <summary>Where a parameter lies in a checkpoint, by the decoder's name for it.</summary>
    internal virtual StoredWeight SourceOf(string weight, DecoderConfig config) => new(weight);

    /// <summary>The key in its config.json for a size, by the name that most families use.</summary>
    internal virtual string KeyOf(string size) => size;

    /// <summary>ggml's name of a module within a layer, where it is the family's own; null: the common one.</summary>
    internal virtual string? GgufModule(string module) => null;

    /// <summary>Completes what every GGUF file says with what is the family's own.</summary>
    /// <param name="common">Sizes, and what is seen from the tensors.</param>
    /// <param name="settings">Of the file.</param>
    internal virtual DecoderConfig ReadGguf(DecoderConfig common, GgufSettings settings) => common;

    /// <summary>Adds what is the family's own to the settings that every GGUF file has.</summary>
    internal virtual void DescribeGguf(GgufMetadata metadata, DecoderConfig config)
    {
    }

    /// <summary>Whether llama.cpp rotates neighbouring channels here, so that the rows of queries and keys lie otherwise.</summary>
    internal virtual bool InterleavedInGguf => GgufName == "llama";

    /// <summary>Whether llama.cpp keeps to the family's windows.</summary>
    internal virtual bool WindowsInGguf => false;

    /// <summary>Whether llama.cpp divides the family's rotations by one of two lists of factors. It chooses by the room for a text, as
    /// large as the caller makes it, and not by the text's length.</summary>
    internal virtual bool LongRopeInGguf => false;

    /// <summary>What llama.cpp would compute differently in this model; null: nothing.</summary>
    internal virtual string? NotInLlamaCpp(DecoderConfig config) => null;

    /// <summary>llama.cpp's Qwen2 and GPT-2 take the head's width from the hidden size.</summary>
    private protected static string? OddHeads(DecoderConfig config) => config.QueryWidth == config.HiddenSize
        ? null
        : $"{config.Heads} heads of {config.HeadDim}, and there they must make up the hidden size, {config.HiddenSize}";

    private protected static int HeadDim(JsonSection json, int hidden, int heads, string hiddenKey, string headsKey) =>
        hidden % heads == 0
            ? hidden / heads
            : throw new CheckpointException(
                $"{hiddenKey} in '{json.Path}' is {hidden}, which {headsKey} ({heads}) does not divide; the head width would not be whole. "
                + "Correct one of them.");
}
