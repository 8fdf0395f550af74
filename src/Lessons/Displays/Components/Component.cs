using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>A display that the reader can move: values that the engine computed, and a custom element that plays with them.</summary>
/// <remarks>Its data travel in a mime type of their own, which VS Code's renderer draws, and within the HTML, for Jupyter and the book. The
/// element shows its text form until the script of <see cref="ComponentScript"/> has run, and for ever where no script may.</remarks>
public abstract class Component : Displayable
{
    private readonly Lazy<string> _json;

    /// <param name="name">The element's name.</param>
    private protected Component(string name)
    {
        Name = name;
        _json = new(() => Data().ToJsonString());
    }

    /// <summary>The name of the HTML element.</summary>
    public string Name { get; }

    /// <summary>The values that the element's script reads, as JSON.</summary>
    public string ToJson() => _json.Value;

    /// <inheritdoc/>
    /// <remarks>The element, its fallback and its values. The JSON writes &lt; as \u003C, so that nothing ends the script.</remarks>
    public sealed override string ToHtml() =>
        $"<{Name}>{Fallback()}<script type=\"application/json\">{ToJson()}</script></{Name}>";

    /// <summary>The values that the element's script reads; asked for once.</summary>
    private protected abstract JsonObject Data();

    /// <summary>What is shown without scripts: HTML; by default the plain text.</summary>
    private protected virtual string Fallback() => Markup.Write(Markup.Display(Name, Markup.Html("pre", Markup.Html("code", ToText()))));

    /// <summary>The likeliest tokens as [text, probability], in four digits.</summary>
    private protected static JsonArray Candidates(Distribution next, int count) => Candidates(next.Top(count));

    /// <summary>Tokens as [text, probability], in four digits.</summary>
    private protected static JsonArray Candidates(IEnumerable<(string Token, double Probability)> candidates) =>
        Array(candidates, one => new JsonArray(one.Token, Digits(one.Probability)));

    /// <summary>A JSON array with an item for each.</summary>
    private protected static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    /// <summary>A number in so many significant digits: more would only lengthen the notebook.</summary>
    private protected static double Digits(double value, int digits = 4) => NumberFormat.Rounded(value, digits);

    /// <summary>"' Rome' 62.1%, ' Milan' 8.25%"</summary>
    private protected static string Line(Distribution next, int count) => string.Join(", ", next.Top(count).Select(Named));

    /// <summary>"' Rome' 62.1%"</summary>
    private protected static string Named((string Token, double Probability) one) =>
        $"{VisibleText.Of(one.Token)} {NumberFormat.Percent(one.Probability)}";
}

/// <summary>The formatters of components: those of every display, and the values for VS Code's renderer.</summary>
internal sealed class ComponentFormatterSource<T> : IFormatterSource
    where T : Component
{
    // The attribute of the type names it; the class that writes it is one for all.
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<T>(ComponentMimeType.Of<T>(), component => component.ToJson()));
}

/// <summary>The mime types of components, by which front ends find what draws them.</summary>
internal static class ComponentMimeType
{
    public const string TokenBox = "application/vnd.rabbit.token-box+json";
    public const string AttentionViewer = "application/vnd.rabbit.attention-viewer+json";
    public const string SamplerBench = "application/vnd.rabbit.sampler-bench+json";
    public const string LensGrid = "application/vnd.rabbit.lens-grid+json";
    public const string CacheStepper = "application/vnd.rabbit.cache-stepper+json";
    public const string Roofline = "application/vnd.rabbit.roofline+json";
    public const string ArrowPair = "application/vnd.rabbit.arrow-pair+json";
    public const string Guess = "application/vnd.rabbit.guess-field+json";
    public const string GuessAnswer = "application/vnd.rabbit.guess-answer+json";
    public const string Calibration = "application/vnd.rabbit.guess-calibration+json";

    private static readonly HashSet<string> All =
    [
        TokenBox, AttentionViewer, SamplerBench, LensGrid, CacheStepper, Roofline, ArrowPair, Guess, GuessAnswer, Calibration,
    ];

    /// <summary>Whether a stored output of this type is a component's values.</summary>
    public static bool IsOne(string mimeType) => All.Contains(mimeType);

    public static string Of<T>()
        where T : Component =>
        Of(typeof(T).Name);

    private static string Of(string type) => (string)typeof(ComponentMimeType).GetField(type)!.GetValue(null)!;
}
