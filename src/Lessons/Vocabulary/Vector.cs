using System.Collections;
using System.Numerics.Tensors;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>A list of numbers: an arrow from the origin to a point.</summary>
/// <example><code>
/// var difference = alice.Row(" queen") - alice.Row(" king");
/// Cosine(difference, alice.Row(" woman") - alice.Row(" man"))
/// </code></example>
public sealed class Vector : Displayable, IReadOnlyList<float>
{
    private readonly float[] _numbers;

    /// <summary>A vector of these numbers.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Vector(IEnumerable<float> numbers, string name = "")
    {
        _numbers = [.. numbers];
        Name = name;
        if (_numbers.Length == 0) throw new ArgumentException("A vector needs at least one number.", nameof(numbers));
    }

    /// <summary>A vector of these numbers.</summary>
    public Vector(params double[] numbers) : this(numbers.Select(number => (float)number))
    {
    }

    /// <summary>Random numbers of a bell curve with mean 0 and spread 1: a random direction.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same vector.</param>
    public static Vector Random(int count, int seed)
    {
        var dice = new Random(seed);
        return new Vector(Enumerable.Range(0, count).Select(_ => (float)Bell(dice)), $"random {seed}");
    }

    /// <summary>What the vector is of; empty for the result of a calculation.</summary>
    public string Name { get; }

    /// <summary>The same numbers with a name.</summary>
    public Vector Named(string name) => new(_numbers, name);

    /// <summary>How many numbers it has.</summary>
    public int Count => _numbers.Length;

    /// <summary>One of its numbers, from 0.</summary>
    public float this[int index] => _numbers[index];

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<float> Numbers => _numbers;

    /// <summary>The same numbers in another order, by chance.</summary>
    /// <param name="seed">The same seed gives the same order.</param>
    public Vector Shuffled(int seed)
    {
        var numbers = _numbers.ToArray();
        new Random(seed).Shuffle(numbers);
        return new Vector(numbers, $"{Name}, shuffled");
    }

    /// <summary>Adds number by number.</summary>
    public static Vector operator +(Vector a, Vector b) => Joined(a, b, (x, y) => x + y);

    /// <summary>Subtracts number by number.</summary>
    public static Vector operator -(Vector a, Vector b) => Joined(a, b, (x, y) => x - y);

    /// <summary>Multiplies every number.</summary>
    public static Vector operator *(Vector a, double factor) => new(a._numbers.Select(number => (float)(number * factor)));

    /// <summary>Multiplies every number.</summary>
    public static Vector operator *(double factor, Vector a) => a * factor;

    /// <summary>Divides every number.</summary>
    public static Vector operator /(Vector a, double divisor) => a * (1 / divisor);

    /// <inheritdoc/>
    public IEnumerator<float> GetEnumerator() => ((IEnumerable<float>)_numbers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToHtml() => View.ToHtml();

    /// <inheritdoc/>
    public override string ToText() => View.ToText();

    /// <exception cref="ArgumentException">The vectors have different lengths.</exception>
    internal static double Dot(Vector a, Vector b) => TensorPrimitives.Dot<float>(a._numbers, Fitting(a, b)._numbers);

    private TensorView View => TensorView.Of(_numbers, Name);

    private static Vector Joined(Vector a, Vector b, Func<float, float, float> join) => new(a._numbers.Zip(Fitting(a, b)._numbers, join));

    private static Vector Fitting(Vector a, Vector b) => a.Count == b.Count ? b : throw new ArgumentException(
        $"One vector has {a.Count} numbers and the other {b.Count}. Both need the same count.");

    // Box and Muller 1958.
    private static double Bell(Random dice) =>
        Math.Sqrt(-2 * Math.Log(1 - dice.NextDouble())) * Math.Cos(2 * Math.PI * dice.NextDouble());
}
