using System.Text.RegularExpressions;
using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>A thesis of a notebook as a number: a run computes it, and it must lie within a band that its control misses.</summary>
/// <remarks>The text shows it between marks with its id: see <see cref="ClaimText"/>. A number without a thesis is
/// <see cref="Measured"/>.</remarks>
/// <example><code>
/// Claim.That("cat-near-dog", Cosine(cat, dog), within: (0.5, 1), control: ("random vectors", Cosine(cat, random)))
/// </code></example>
[TypeFormatterSource(typeof(ClaimFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, ClaimRecord.MimeType])]
public sealed partial class Claim : Displayable
{
    private readonly Band _band;
    private readonly string _device;
    private readonly bool _isFact;
    private readonly Control? _control;

    private Claim(string name, double value, string unit, Band band, string device, Control? control, bool isFact = false) =>
        (Name, Id, Value, Unit, _band, _device, _control, _isFact) = (name, IdOf(name), value, unit, band, device, control, isFact);

    /// <summary>The name of the claim.</summary>
    public string Name { get; }

    /// <summary>The name in lower case with hyphens; marks in the text name it.</summary>
    public string Id { get; }

    /// <summary>The value of this run.</summary>
    public double Value { get; }

    /// <summary>The unit; empty for a plain number.</summary>
    public string Unit { get; }

    /// <summary>The lower end of the band.</summary>
    public double AtLeast => _band.AtLeast;

    /// <summary>The upper end of the band.</summary>
    public double AtMost => _band.AtMost;

    /// <summary>Asserts a number.</summary>
    /// <param name="name">What the text calls it; best an id such as <c>kv-bytes-per-token</c>.</param>
    /// <param name="value">The value of this run.</param>
    /// <param name="unit">The unit; empty for a plain number.</param>
    /// <param name="atLeast">The lower end of the band.</param>
    /// <param name="atMost">The upper end of the band.</param>
    /// <param name="control">What the same measurement gives where the thesis does not hold. Default null: none.</param>
    /// <exception cref="ClaimException">The number is outside the band, or its control is inside: the text would be wrong.</exception>
    public static Claim That(
        string name, double value, string unit = "", double atLeast = double.NegativeInfinity, double atMost = double.PositiveInfinity,
        Control? control = null) =>
        That(name, value, unit, Band.Between(atLeast, atMost), control);

    /// <summary>Asserts a plain number.</summary>
    /// <inheritdoc cref="That(string, double, string, Band, Control)" path="/*[not(self::summary)]"/>
    public static Claim That(string name, double value, Band within, Control? control = null) => That(name, value, "", within, control);

    /// <summary>Asserts a number, with a band that may differ from device to device.</summary>
    /// <param name="name">What the text calls it; best an id such as <c>kv-bytes-per-token</c>.</param>
    /// <param name="value">The value of this run.</param>
    /// <param name="unit">The unit; empty for a plain number.</param>
    /// <param name="within">Two numbers, or a <see cref="Band"/>.</param>
    /// <param name="control">What the same measurement gives where the thesis does not hold. Default null: none.</param>
    /// <exception cref="ClaimException">The number is outside the band, or its control is inside: the text would be wrong.</exception>
    public static Claim That(string name, double value, string unit, Band within, Control? control = null)
    {
        ArgumentNullException.ThrowIfNull(within);
        var device = RunDevice.Name;
        var claim = new Claim(name, value, unit, within.For(device), device, control);
        if (!claim._band.Contains(value))
            throw new ClaimException(
                $"The claim '{name}' does not hold: this run gave {claim.Shown}, and the text needs {claim._band.ToText(unit)}.");
        if (control is not null && claim._band.Contains(control.Value))
            throw new ClaimException($"The claim '{name}' shows nothing: its control, {control.Name}, gives " +
                $"{Quantity.Of(control.Value, unit)}, which {claim._band.ToText(unit)} holds too. Narrow the band, or mend the control.");
        return claim;
    }

    /// <summary>Asserts a statement that is true or false.</summary>
    /// <param name="name">What the text says.</param>
    /// <param name="holds">Whether it is true in this run.</param>
    /// <param name="control">Where the same statement must be false, and whether it is true there. Default null: none.</param>
    /// <exception cref="ClaimException">The statement is false, or true of its control too.</exception>
    public static Claim That(string name, bool holds, (string Name, bool Holds)? control = null)
    {
        if (!holds)
            throw new ClaimException($"The claim '{name}' does not hold in this run.");
        if (control is { Holds: true } wrong)
            throw new ClaimException($"The claim '{name}' shows nothing: it holds for its control, {wrong.Name}, too. " +
                "State it more narrowly, or mend the control.");
        var missed = control is { } named ? new Control(named.Name, 0) : null;
        return new Claim(name, 1, "", Band.Between(1, 1), RunDevice.Name, missed, isFact: true);
    }

    /// <summary>The id of a claim with that name: lower-case letters and digits, separated by hyphens.</summary>
    /// <exception cref="ArgumentException">The name has no letter or digit.</exception>
    public static string IdOf(string name) => NotInIds().Replace(name.ToLowerInvariant(), "-").Trim('-') is { Length: > 0 } id
        ? id
        : throw new ArgumentException(
            $"The claim '{name}' has no letter or digit to make an id of. Call it something like 'kv-bytes-per-token'.", nameof(name));

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"Claim {Name}",
        Markup.Html("p", new XAttribute("style", "margin:0"), "✔ ", Markup.Html("strong", Name), _isFact ? " — holds" : $" = {Shown}"),
        Details.Length == 0 ? null : Markup.Html("p", Markup.Class("n"), Details)));

    /// <inheritdoc/>
    public override string ToText() =>
        $"✔ {Name}{(_isFact ? " — holds" : $" = {Shown}")}{(Details.Length == 0 ? "" : $" ({Details})")}";

    internal ClaimRecord ToRecord() => new(Id, Name, Value, Unit, AtLeast, AtMost, _device, _isFact ? "holds" : Shown)
    {
        Control = _control?.Name,
        ControlValue = _control?.Value,
    };

    private string Shown => Quantity.Of(Value, Unit);

    private string Details => string.Join("; ", new[]
    {
        _isFact ? null : $"claimed: {_band.ToText(Unit)}",
        _control is null ? null : $"not so with {_control.Name}{(_isFact ? "" : $": {Quantity.Of(_control.Value, Unit)}")}",
    }.OfType<string>());

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInIds();
}

/// <summary>What the same measurement gives where the thesis does not hold: with shuffled words, another head, random vectors.</summary>
/// <param name="Name">What was done, so that it reads after "with".</param>
/// <param name="Value">What came of it, in the claim's unit.</param>
public sealed record Control(string Name, double Value)
{
    /// <summary>A control, written as a name and a number.</summary>
    public static implicit operator Control((string Name, double Value) control) => FromValueTuple(control);

    /// <summary>The same, for languages without conversions.</summary>
    public static Control FromValueTuple((string Name, double Value) control) => new(control.Name, control.Value);
}

/// <summary>The formatters of claims: those of every display, and the record from which the text and the book are rendered.</summary>
internal sealed class ClaimFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Claim>(ClaimRecord.MimeType, claim => claim.ToRecord().ToJson().ToJsonString()));
}
