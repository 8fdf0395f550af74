using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Lessons.Displays.Components;
using TorchSharp;

namespace LlmRabbitHoles.Lessons;

/// <summary>A model as cells talk to it: texts go in, and values that explain themselves come out.</summary>
/// <remarks>What is missing here is in <see cref="Model"/>, the engine's own.</remarks>
public sealed partial class LessonModel : Displayable
{
    private readonly ForwardPass? _pass;
    private readonly string _change;

    private LessonModel(LanguageModel model, ForwardPass? pass = null, string change = "") =>
        (Model, _pass, _change) = (model, pass, change);

    /// <summary>The engine's model: weights, tokenizer, chat template.</summary>
    public LanguageModel Model { get; }

    /// <summary>How many layers it has.</summary>
    public int Layers => Model.Config.Layers;

    /// <summary>How many attention heads each layer has.</summary>
    public int Heads => Model.Config.Heads;

    /// <summary>How many numbers stand for each token between two layers.</summary>
    public int Width => Model.Config.HiddenSize;

    /// <summary>How many tokens it knows.</summary>
    public int Vocabulary => Model.Config.VocabularySize;

    /// <summary>Its tokenizer, to hold beside those of <see cref="Tokenizers"/>.</summary>
    public LessonTokenizer Tokenizer => new(char.ToUpperInvariant(Model.Name[0]) + Model.Name[1..], Model.Tokenizer, Vocabulary);

    /// <summary>Loads the model of the notebook.</summary>
    /// <param name="name">A folder, or the name of a model beside the default one; null: Alice, or what RABBIT_MODEL names.</param>
    public static LessonModel Load(string? name = null) => new(LanguageModel.Load(FolderOf(name)));

    /// <summary>The same model with one head switched off: it adds nothing, in every forward.</summary>
    public LessonModel Without(int layer, int head) => Changed(
        ActivationEdits.Of($"layers.{layer}.self_attn.heads", heads => WithoutHead(heads, head)), $"head {head} of layer {layer} off");

    /// <summary>The same model with one layer skipped: it adds nothing, in every forward.</summary>
    public LessonModel WithoutLayer(int layer) => Changed(
        ActivationEdits.Of($"layers.{layer}.self_attn.output", Nothing).And(ActivationEdits.Of($"layers.{layer}.mlp.output", Nothing)),
        $"layer {layer} skipped");

    /// <summary>A copy of the model whose rows, one for each token, stand at other numbers.</summary>
    /// <param name="places">[tokens]: the row of token <c>id</c> goes to <c>places[id]</c>; each place once.</param>
    /// <remarks>The rows with which it scores move too. Its tokenizer stays, so that texts still become the old ids.</remarks>
    /// <exception cref="ArgumentException">The places are not each number below the size of the vocabulary, once.</exception>
    public LessonModel WithRowsAt(IReadOnlyList<int> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        if (!places.Order().SequenceEqual(Enumerable.Range(0, Vocabulary)))
            throw new ArgumentException($"The {places.Count} places must be the numbers 0 to {Vocabulary - 1}, each once.", nameof(places));
        var moved = LanguageModel.Load(Model.Folder);
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        long[] from = [.. places.Index().OrderBy(place => place.Item).Select(place => (long)place.Index)];
        var order = torch.tensor(from, device: moved.Device);
        moved.Decoder.Embeddings.copy_(moved.Decoder.Embeddings.index_select(0, order));
        if (!moved.Config.TiedEmbeddings) moved.Decoder.Unembedding.copy_(moved.Decoder.Unembedding.index_select(0, order));
        return new(moved, _pass, _change.Length == 0 ? "rows moved" : $"{_change}, rows moved");
    }

    /// <summary>The same model with an edit in every forward.</summary>
    /// <param name="edits">What changes.</param>
    /// <param name="change">The change in words.</param>
    public LessonModel Changed(ActivationEdits edits, string change) => new(
        Model, new ForwardPass { Edits = _pass?.Edits?.And(edits) ?? edits, Attention = _pass?.Attention },
        _change.Length == 0 ? change : $"{_change}, {change}");

    /// <summary>The same model with another attention in every layer.</summary>
    /// <param name="attention">How queries attend to keys.</param>
    /// <param name="change">The change in words.</param>
    public LessonModel With(IAttentionKernel attention, string change) => new(
        Model, new ForwardPass { Edits = _pass?.Edits, Attention = attention }, _change.Length == 0 ? change : $"{_change}, {change}");

    /// <inheritdoc/>
    /// <remarks>It brings the script of all playable displays, once for the whole notebook.</remarks>
    public override string ToHtml() => Markup.Write(Markup.Display(ToText(), Markup.Html("p", ToText()))) + ComponentScript.Html;

    /// <inheritdoc/>
    public override string ToText() =>
        $"{Model.Name}: {NumberFormat.Of(NumberFormat.Rounded(Model.ParameterCount / 1e6, 2))} million numbers in {Layers} layers, " +
        $"on {Model.Device}{(_change.Length == 0 ? "" : $" ({_change})")}";

    private static string? FolderOf(string? name)
    {
        if (name is null || Directory.Exists(name)) return name;
        var beside = Path.Combine(Path.GetDirectoryName(Checkpoints.ModelFolder.Default())!, name);
        return Directory.Exists(beside) ? beside : name;
    }

    private static torch.Tensor Nothing(torch.Tensor value) => value.zeros_like();

    private static torch.Tensor WithoutHead(torch.Tensor heads, long head) => heads.index_fill(1, torch.tensor(head), 0);
}
