using LlmRabbitHoles.Attending;

namespace LlmRabbitHoles.Model;

/// <summary>Rotary positions whose frequencies depend on how long the text is; computed for each pass, as no table holds all lengths.
/// </summary>
/// <remarks>Su et al. 2021, arXiv:2104.09864; <see cref="LengthRopeScaling"/> says what a text that grows is like.</remarks>
/// <param name="config">rotaryDim and theta are read.</param>
/// <param name="scaling">What the length does.</param>
/// <param name="device">Where the model computes.</param>
internal sealed class StretchedPositions(DecoderConfig config, LengthRopeScaling scaling, Device device) : IPositions
{
    private readonly double[] _plain = RotaryPositions.Plain(config);

    /// <inheritdoc/>
    public Tensor Embed(Tensor x, Tensor positions) => x.alias();

    /// <inheritdoc/>
    public Rotation RotationAt(Tensor positions, IReadOnlyList<Reach> reaches, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var places = positions.reshape(-1).to(ScalarType.Float32);
        var angles = new List<Tensor>();
        var start = 0L;
        foreach (var (tokens, end) in reaches)
        {
            angles.Add(outer(places.narrow(0, start, tokens), Frequencies(end)));
            start += tokens;
        }
        var all = cat(angles).view(positions.shape[0], 1, positions.shape[1], -1);
        return new Rotation(
            (all.cos() * scaling.Magnitude).to(dtype).MoveToOuterDisposeScope(),
            (all.sin() * scaling.Magnitude).to(dtype).MoveToOuterDisposeScope());
    }

    private Tensor Frequencies(long length) =>
        tensor(scaling.Scale(_plain, length).Select(frequency => (float)frequency).ToArray(), device: device);
}
