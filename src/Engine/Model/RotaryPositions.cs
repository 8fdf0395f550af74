using LlmRabbitHoles.Attending;
namespace LlmRabbitHoles.Model;

/// <summary>Rotary positions: pairs of a query's or key's components are turned by an angle that grows with the token's place,
/// so that the dot product of two of them depends on how far apart they are.</summary>
/// <remarks>Su et al. 2021, arXiv:2104.09864, section 3.2; <see cref="Rotation"/> says which components are pairs.</remarks>
public sealed class RotaryPositions : IPositions, IDisposable
{
    // A configuration may promise a context of any length, which no file backs: tables are made for the places that texts reach.
    private const int FirstPlaces = 4096;

    private readonly Dictionary<ScalarType, (Tensor Cosines, Tensor Sines)> _inFormat = [];
    private readonly List<Tensor> _outgrown = [];
    private readonly DecoderConfig _config;
    private readonly Device _device;
    private Tensor _angles;

    /// <summary>The angles of the first places; those of later ones are worked out when a text reaches them.</summary>
    /// <param name="config">headDim, contextLength, theta and scaling are read.</param>
    /// <param name="device">Where the model computes.</param>
    public RotaryPositions(DecoderConfig config, Device device)
    {
        ArgumentNullException.ThrowIfNull(config);
        (_config, _device) = (config, device);
        _angles = Angles(Math.Min(config.ContextLength, FirstPlaces));
    }

    /// <summary>Radians a token for each pair: theta^(-2i / headDim), stretched where the configuration scales the context.</summary>
    /// <returns>[headDim / 2]</returns>
    public static float[] Frequencies(DecoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var plain = Enumerable.Range(0, config.HeadDim / 2).Select(i => Math.Pow(config.RopeTheta, -2.0 * i / config.HeadDim));
        return [.. plain.Select(f => (float)(config.RopeScaling?.Scale(f) ?? f))];
    }

    /// <inheritdoc/>
    public Tensor Embed(Tensor x, Tensor positions) => x.alias();

    /// <inheritdoc/>
    public Rotation RotationAt(Tensor positions, long end, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var (cosines, sines) = InFormat(dtype, end);
        long[] shape = [positions.shape[0], 1, positions.shape[1], -1];
        var rows = positions.reshape(-1);
        return new Rotation(
            cosines.index_select(0, rows).view(shape).MoveToOuterDisposeScope(),
            sines.index_select(0, rows).view(shape).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _angles.Dispose();
        foreach (var table in _outgrown) table.Dispose();
        foreach (var (cosines, sines) in _inFormat.Values)
        {
            cosines.Dispose();
            sines.Dispose();
        }
    }

    private (Tensor Cosines, Tensor Sines) InFormat(ScalarType format, long places)
    {
        // Threads that train side by side share the model.
        lock (_inFormat)
        {
            if (places > _angles.shape[0]) Grow(places);
            return _inFormat.TryGetValue(format, out var tables) ? tables : AddFormat(format);
        }
    }

    private Tensor Angles(long places)
    {
        using var scope = NewDisposeScope();
        var frequencies = tensor(Frequencies(_config), dtype: ScalarType.Float32);
        return outer(arange(places, dtype: ScalarType.Float32), frequencies).to(_device).DetachFromDisposeScope();
    }

    // Another thread may still read the smaller tables, so they stay until the end; all of them are as much as the largest.
    private void Grow(long places)
    {
        _outgrown.Add(_angles);
        foreach (var (cosines, sines) in _inFormat.Values) _outgrown.AddRange([cosines, sines]);
        _inFormat.Clear();
        _angles = Angles(Math.Min(_config.ContextLength, Math.Max(places, 2 * _angles.shape[0])));
    }

    private (Tensor Cosines, Tensor Sines) AddFormat(ScalarType format)
    {
        using var scope = NewDisposeScope();
        var tables = (_angles.cos().to(format).DetachFromDisposeScope(), _angles.sin().to(format).DetachFromDisposeScope());
        return _inFormat[format] = tables;
    }
}
