using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>A number that the text uses without a thesis: a time or a speed of this machine, today.</summary>
/// <remarks>The text shows it between marks with its id, as it shows a <see cref="Claim"/>.</remarks>
/// <example><code>Measured.That("time-to-the-first-token", ms, "ms")</code></example>
[TypeFormatterSource(typeof(MeasuredFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, ClaimRecord.MimeType])]
public sealed class Measured : Displayable
{
    private readonly string _name;
    private readonly string _id;
    private readonly string _unit;

    private Measured(string name, double value, string unit) => (_name, _id, Value, _unit) = (name, Claim.IdOf(name), value, unit);

    /// <summary>The value of this run.</summary>
    public double Value { get; }

    /// <summary>Gives a number a name that the text can show.</summary>
    /// <param name="name">What the text calls it; best an id such as <c>time-to-the-first-token</c>.</param>
    /// <param name="value">The value of this run.</param>
    /// <param name="unit">The unit; empty for a plain number.</param>
    /// <exception cref="ClaimException">The value is not a number.</exception>
    public static Measured That(string name, double value, string unit = "") => double.IsNaN(value)
        ? throw new ClaimException($"'{name}' is not a number in this run. Look for 0 / 0 before it.")
        : new Measured(name, value, unit);

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"Measured: {_name}",
        Markup.Html("p", new XAttribute("style", "margin:0"), $"{_name} = {Quantity.Of(Value, _unit)}")));

    /// <inheritdoc/>
    public override string ToText() => $"{_name} = {Quantity.Of(Value, _unit)}";

    internal ClaimRecord ToRecord() => new(
        _id, _name, Value, _unit, double.NegativeInfinity, double.PositiveInfinity, RunDevice.Name, Quantity.Of(Value, _unit));
}

/// <summary>The formatters of measured numbers: those of every display, and the record from which the text is rendered.</summary>
internal sealed class MeasuredFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Measured>(ClaimRecord.MimeType, measured => measured.ToRecord().ToJson().ToJsonString()));
}
