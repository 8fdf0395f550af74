using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons;

/// <summary>
/// The interval where a claimed number must lie. A device may have its own limits, because times on a GPU differ from those on a CPU.
/// </summary>
/// <example><code>
/// Claim.That("simd-is-faster", plain / simd, "x", within: (1, 100))
/// Claim.That("decode-time", ms, "ms", within: Band.Between(0.1, 50).On("cuda", 0.01, 10))
/// </code></example>
public sealed class Band
{
    private readonly IReadOnlyList<(string Device, double AtLeast, double AtMost)> _devices;

    private Band(double atLeast, double atMost, IReadOnlyList<(string Device, double AtLeast, double AtMost)> devices) =>
        (AtLeast, AtMost, _devices) = (Checked(atLeast, atMost), atMost, devices);

    /// <summary>The lower end for devices without their own limits.</summary>
    public double AtLeast { get; }

    /// <summary>The upper end for devices without their own limits.</summary>
    public double AtMost { get; }

    /// <summary>A band from one number to another; both ends belong to it.</summary>
    /// <exception cref="ArgumentException">The ends are in the wrong order or not numbers.</exception>
    public static Band Between(double atLeast, double atMost) => new(atLeast, atMost, []);

    /// <summary>The same as <see cref="Between"/>, written as two numbers.</summary>
    public static implicit operator Band((double AtLeast, double AtMost) ends) => FromValueTuple(ends);

    /// <summary>The same as <see cref="Between"/>, for languages without conversions.</summary>
    public static Band FromValueTuple((double AtLeast, double AtMost) ends) => Between(ends.AtLeast, ends.AtMost);

    /// <summary>This band with other limits on a device.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="atLeast">The lower end there.</param>
    /// <param name="atMost">The upper end there.</param>
    public Band On(string device, double atLeast, double atMost) => device is "cpu" or "cuda"
        ? new(AtLeast, AtMost, [.. _devices.Where(other => other.Device != device), (device, Checked(atLeast, atMost), atMost)])
        : throw new ArgumentException($"There is no device '{device}' for a band. Use cpu or cuda.", nameof(device));

    /// <summary>The limits on <paramref name="device"/>.</summary>
    public Band For(string device) => _devices.FirstOrDefault(own => own.Device == device) is { Device: not null } own
        ? Between(own.AtLeast, own.AtMost)
        : Between(AtLeast, AtMost);

    /// <summary>Whether the number lies within the limits for devices without their own.</summary>
    public bool Contains(double value) => value >= AtLeast && value <= AtMost;

    internal string ToText(string unit) => (double.IsFinite(AtLeast), double.IsFinite(AtMost)) switch
    {
        (true, true) when AtLeast == AtMost => $"exactly {Quantity.Of(AtLeast, unit)}",
        (true, true) => $"{NumberFormat.Of(AtLeast)} to {Quantity.Of(AtMost, unit)}",
        (true, false) => $"{Quantity.Of(AtLeast, unit)} or more",
        (false, true) => $"{Quantity.Of(AtMost, unit)} or less",
        _ => "a number",
    };

    private static double Checked(double atLeast, double atMost) => atLeast <= atMost
        ? atLeast
        : throw new ArgumentException($"A band from {atLeast} to {atMost} holds nothing: the lower end comes first.", nameof(atLeast));
}
