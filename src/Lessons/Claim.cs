using System.Text.RegularExpressions;
using System.Xml.Linq;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>A number that the text of a notebook uses: a run computes it, and it must lie within a band.</summary>
/// <remarks>The text shows it between marks with its id: see <see cref="ClaimText"/>.</remarks>
/// <example><code>Claim.That("kv-bytes-per-token", cache.UsedBytes / cache.Length, "bytes", within: (1, 4096))</code></example>
[TypeFormatterSource(typeof(ClaimFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text, ClaimRecord.MimeType])]
public sealed partial class Claim : Displayable
{
    private readonly Band _band;
    private readonly string _device;
    private readonly bool _isFact;

    private Claim(string name, double value, string unit, Band band, string device, bool isFact = false)
    {
        (Name, Id, Value, Unit, _band, _device, _isFact) = (name, IdOf(name), value, unit, band, device, isFact);
        if (Id.Length == 0)
            throw new ArgumentException(
                $"The claim '{name}' has no letter or digit to make an id of. Call it something like 'kv-bytes-per-token'.", nameof(name));
    }

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
    /// <exception cref="ClaimException">The number is outside the band: the text would be wrong on this machine.</exception>
    public static Claim That(
        string name, double value, string unit = "", double atLeast = double.NegativeInfinity, double atMost = double.PositiveInfinity) =>
        That(name, value, unit, Band.Between(atLeast, atMost));

    /// <summary>Asserts a number, with a band that may differ from device to device.</summary>
    /// <param name="name">What the text calls it; best an id such as <c>kv-bytes-per-token</c>.</param>
    /// <param name="value">The value of this run.</param>
    /// <param name="unit">The unit; empty for a plain number.</param>
    /// <param name="within">Two numbers, or a <see cref="Band"/>.</param>
    /// <exception cref="ClaimException">The number is outside the band: the text would be wrong on this machine.</exception>
    public static Claim That(string name, double value, string unit, Band within)
    {
        ArgumentNullException.ThrowIfNull(within);
        var device = Device();
        var claim = new Claim(name, value, unit, within.For(device), device);
        return claim._band.Contains(value) ? claim : throw new ClaimException(
            $"The claim '{name}' does not hold: this run gave {claim.Shown}, and the text needs {claim._band.ToText(unit)}.");
    }

    /// <summary>Asserts a statement that is true or false.</summary>
    /// <param name="name">What the text says.</param>
    /// <param name="holds">Whether it is true in this run.</param>
    /// <exception cref="ClaimException">The statement is false.</exception>
    public static Claim That(string name, bool holds) => holds
        ? new Claim(name, 1, "", Band.Between(1, 1), Device(), isFact: true)
        : throw new ClaimException($"The claim '{name}' does not hold in this run.");

    /// <summary>The id of a claim with that name: lower-case letters and digits, separated by hyphens.</summary>
    public static string IdOf(string name) => NotInIds().Replace(name.ToLowerInvariant(), "-").Trim('-');

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"Claim {Name}",
        Markup.Html("p", new XAttribute("style", "margin:0"), "✔ ", Markup.Html("strong", Name), _isFact ? " — holds" : $" = {Shown}"),
        _isFact ? null : Markup.Html("p", Markup.Class("n"), $"claimed: {_band.ToText(Unit)}")));

    /// <inheritdoc/>
    public override string ToText() => _isFact ? $"✔ {Name} — holds" : $"✔ {Name} = {Shown} (claimed: {_band.ToText(Unit)})";

    internal ClaimRecord ToRecord() => new(Id, Name, Value, Unit, AtLeast, AtMost, _device, _isFact ? "holds" : Shown);

    private string Shown => Quantity.Of(Value, Unit);

    // The device that computed, whatever was asked for elsewhere.
    private static string Device() => (DeviceChoice.Proved ?? DeviceChoice.Parse()).type == TorchSharp.DeviceType.CUDA ? "cuda" : "cpu";

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInIds();
}

/// <summary>The formatters of claims: those of every display, and the record from which the text and the book are rendered.</summary>
internal sealed class ClaimFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => new DisplayFormatterSource().CreateTypeFormatters()
        .Append(new DisplayFormatter<Claim>(ClaimRecord.MimeType, claim => claim.ToRecord().ToJson().ToJsonString()));
}
