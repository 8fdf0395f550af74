using System.Text.Json.Nodes;
using LlmRabbitHoles.Devices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmRabbitHoles.Lessons.Displays.Components;

/// <summary>
/// How fast work ran, beside the two limits of the machine: the bytes that it moves and the arithmetic that it does in a second.
/// </summary>
/// <remarks>Williams, Waterman and Patterson 2009, doi:10.1145/1498765.1498785.</remarks>
/// <example><code>Roofline(MachineLimits.Measure(device), RooflinePoint.OfProducts(1024, 1024, [1, 4, 16, 64, 256]))</code></example>
[TypeFormatterSource(typeof(ComponentFormatterSource<Roofline>),
    PreferredMimeTypes = [ComponentMimeType.Roofline, MimeTypes.Html, MimeTypes.Text])]
public sealed class Roofline : Component
{
    private readonly MachineLimits _limits;
    private readonly RooflinePoint[] _points;

    /// <param name="limits">Of the machine that the points were measured on.</param>
    /// <param name="points">At least two, in the order of the slider.</param>
    /// <exception cref="ArgumentException">There are fewer points, or a number is not above 0.</exception>
    internal Roofline(MachineLimits limits, IEnumerable<RooflinePoint> points) : base("roof-line")
    {
        (_limits, _points) = (limits, [.. points]);
        if (_points.Length < 2)
            throw new ArgumentException($"There are {_points.Length} points; a roofline needs two or more.", nameof(points));
        if (_points.FirstOrDefault(point => !(point.Flops > 0 && point.Bytes > 0 && point.Seconds > 0)) is { } wrong)
            throw new ArgumentException($"{wrong} has a number that is not above 0, which a logarithmic axis cannot show.", nameof(points));
    }

    /// <inheritdoc/>
    public override string ToText() =>
        $"Limits: {NumberFormat.Of(_limits.CopyBytes / 1e9)} GB/s and {NumberFormat.Of(_limits.MultiplyFlops / 1e9)} GFLOP/s\n" +
        TextTable.Write(["columns", "flops per byte", "GFLOP/s", "ms", "allowed", "of it"],
            [.. _points.Select(point => new[]
            {
                NumberFormat.Of(point.Columns), NumberFormat.Of(point.FlopsPerByte), NumberFormat.Of(point.Flops / point.Seconds / 1e9),
                NumberFormat.Of(1000 * point.Seconds), NumberFormat.Of(Limit(point) / 1e9),
                NumberFormat.Percent(point.Flops / point.Seconds / Limit(point)),
            })], [true, true, true, true, true, true]);

    private protected override JsonObject Data() => new()
    {
        ["bytes"] = Digits(_limits.CopyBytes),
        ["flops"] = Digits(_limits.MultiplyFlops),
        ["points"] = Array(_points, point =>
            new JsonArray(point.Columns, Digits(point.FlopsPerByte), Digits(point.Flops / point.Seconds), Digits(1000 * point.Seconds))),
    };

    // Flops a second that the lower of the two limits allows.
    private double Limit(RooflinePoint point) => Math.Min(_limits.CopyBytes * point.FlopsPerByte, _limits.MultiplyFlops);
}

/// <summary>One measurement of a roofline.</summary>
/// <param name="Columns">How many columns the matrix was multiplied with.</param>
/// <param name="Flops">Floating-point operations done.</param>
/// <param name="Bytes">Bytes that must move at least once.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record RooflinePoint(int Columns, double Flops, double Bytes, double Seconds)
{
    /// <summary>How much arithmetic each moved byte gets.</summary>
    public double FlopsPerByte => Flops / Bytes;

    /// <summary>Times one matrix of float32 times 1, 2, 4, ... columns on the CPU, the best of five.</summary>
    /// <param name="rows">Of the matrix.</param>
    /// <param name="inner">Columns of the matrix, rows of the other.</param>
    /// <param name="columns">Of the other matrix, one measurement each. Default: powers of two from 1 to 256.</param>
    public static IReadOnlyList<RooflinePoint> OfProducts(int rows, int inner, IEnumerable<int>? columns = null)
    {
        using var noGradients = no_grad();
        using var matrix = ones(rows, inner);
        return [.. (columns ?? Enumerable.Range(0, 9).Select(power => 1 << power)).Select(count =>
        {
            using var other = ones(count, inner);    // as a layer multiplies: each column lies in one piece
            functional.linear(other, matrix).Dispose();    // warms up
            var seconds = Cells.Milliseconds(() => functional.linear(other, matrix).Dispose()) / 1000;
            double flops = 2.0 * rows * inner * count, bytes = sizeof(float) * ((double)rows * inner + ((double)inner + rows) * count);
            return new RooflinePoint(count, flops, bytes, seconds);
        })];
    }
}
