using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>Two arrows on paper to drag: their dot product, lengths, cosine and angle follow.</summary>
/// <example><code>ArrowPair(("a", new Vector(3, 1)), ("b", new Vector(1, 2)))</code></example>
[TypeFormatterSource(typeof(ComponentFormatterSource<ArrowPair>),
    PreferredMimeTypes = [ComponentMimeType.ArrowPair, MimeTypes.Html, MimeTypes.Text])]
public sealed class ArrowPair : Component
{
    private const double Edge = 5;

    private readonly (string Name, Vector Vector)[] _arrows;

    /// <exception cref="ArgumentException">An arrow has not two numbers, leaves the paper, or has no length.</exception>
    internal ArrowPair((string Name, Vector Vector) a, (string Name, Vector Vector) b) : base("arrow-pair")
    {
        _arrows = [a, b];
        foreach (var (name, vector) in _arrows)
        {
            if (vector is not { Count: 2 } || vector.Any(number => Math.Abs(number) > Edge) || vector.All(number => number == 0))
                throw new ArgumentException($"'{name}' must be two numbers from -{Edge} to {Edge} that are not both 0.");
        }
    }

    /// <inheritdoc/>
    public override string ToText()
    {
        var (a, b) = (_arrows[0].Vector, _arrows[1].Vector);
        return $"{_arrows[0].Name} = {Shown(a)}, {_arrows[1].Name} = {Shown(b)}: dot product {NumberFormat.Of(Vector.Dot(a, b))}, " +
            $"cosine {NumberFormat.Of(NumberFormat.Rounded(Cells.Cosine(a, b), 4))}, angle {Cells.Angle(a, b):0}°";
    }

    private protected override JsonObject Data() => new()
    {
        ["names"] = Array(_arrows, arrow => arrow.Name),
        ["tips"] = Array(_arrows, arrow => new JsonArray((double)arrow.Vector[0], (double)arrow.Vector[1])),
    };

    private static string Shown(Vector vector) => $"({NumberFormat.Of(vector[0])}, {NumberFormat.Of(vector[1])})";
}
