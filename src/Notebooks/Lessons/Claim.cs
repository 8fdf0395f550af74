using System.Xml.Linq;
using LlmRabbitHoles.Notebooks.Displays;

namespace LlmRabbitHoles.Notebooks.Lessons;

/// <summary>A number that the text of a notebook rests on: a run computes it, and it must lie within a band.</summary>
/// <example><code>Claim.That("kv-bytes-per-token", cache.Bytes / cache.Length, "bytes", atLeast: 1, atMost: 4096)</code></example>
public sealed class Claim : Displayable
{
    private Claim(string name, double value, string unit, double atLeast, double atMost) =>
        (Name, Value, Unit, AtLeast, AtMost) = (name, value, unit, atLeast, atMost);

    /// <summary>What the text calls it.</summary>
    public string Name { get; }

    /// <summary>What this run gave.</summary>
    public double Value { get; }

    /// <summary>In which unit; empty for a plain number.</summary>
    public string Unit { get; }

    /// <summary>The lower end of the band.</summary>
    public double AtLeast { get; }

    /// <summary>The upper end of the band.</summary>
    public double AtMost { get; }

    /// <summary>Asserts a number.</summary>
    /// <param name="name">What the text calls it.</param>
    /// <param name="value">What this run gave.</param>
    /// <param name="unit">In which unit; empty for a plain number.</param>
    /// <param name="atLeast">The lower end of the band.</param>
    /// <param name="atMost">The upper end of the band.</param>
    /// <exception cref="ClaimException">The number is outside the band: the text would be wrong on this machine.</exception>
    public static Claim That(
        string name, double value, string unit = "", double atLeast = double.NegativeInfinity, double atMost = double.PositiveInfinity)
    {
        var claim = new Claim(name, value, unit, atLeast, atMost);
        return value >= atLeast && value <= atMost ? claim : throw new ClaimException(
            $"The claim '{name}' does not hold: this run gave {claim.Shown}, and the text needs {claim.Band}.");
    }

    /// <summary>Asserts a fact that is true or false.</summary>
    /// <param name="name">What the text says.</param>
    /// <param name="holds">What this run found.</param>
    /// <exception cref="ClaimException">It does not hold.</exception>
    public static Claim That(string name, bool holds) => holds
        ? new Claim(name, 1, "", 1, 1)
        : throw new ClaimException($"The claim '{name}' does not hold in this run.");

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display($"Claim {Name}",
        Markup.Html("p", new XAttribute("style", "margin:0"), "✔ ", Markup.Html("strong", Name), IsFact ? " — holds" : $" = {Shown}"),
        IsFact ? null : Markup.Html("p", Markup.Class("n"), $"claimed: {Band}")));

    /// <inheritdoc/>
    public override string ToText() => IsFact ? $"✔ {Name} — holds" : $"✔ {Name} = {Shown} (claimed: {Band})";

    private bool IsFact => Unit.Length == 0 && AtLeast == 1 && AtMost == 1;

    private string Shown => WithUnit(Value);

    private string Band => (double.IsFinite(AtLeast), double.IsFinite(AtMost)) switch
    {
        (true, true) when AtLeast == AtMost => $"exactly {WithUnit(AtLeast)}",
        (true, true) => $"{NumberFormat.Of(AtLeast)} to {WithUnit(AtMost)}",
        (true, false) => $"{WithUnit(AtLeast)} or more",
        (false, true) => $"{WithUnit(AtMost)} or less",
        _ => "a number",
    };

    private string WithUnit(double value) => Unit.Length == 0 ? NumberFormat.Of(value) : $"{NumberFormat.Of(value)} {Unit}";
}
