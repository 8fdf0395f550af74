using LlmRabbitHoles.Attending;

namespace LlmRabbitHoles.Model;

/// <summary>Rotary positions: rotates pairs of a query's or key's components by an angle that grows with the token's position,
/// so that the dot product of a query and a key depends on their distance.</summary>
/// <remarks>Su et al. 2021, arXiv:2104.09864, section 3.2; <see cref="Rotation"/> says which components are pairs.</remarks>
internal sealed class RotaryPositions : IPositions, IDisposable
{
    // A configuration may promise a context of any length; tables are made for the positions that texts reach.
    private const int FirstPlaces = 4096;

    private readonly Dictionary<ScalarType, (Tensor Cosines, Tensor Sines)> _inDtype = [];
    private readonly List<Tensor> _outgrown = [];
    private readonly DecoderConfig _config;
    private readonly Device _device;
    private Tensor _angles;

    /// <summary>Computes the angles of the first positions; a longer text adds those of later ones.</summary>
    /// <param name="config">rotaryDim, contextLength, theta and scaling are read.</param>
    /// <param name="device">Where the model computes.</param>
    public RotaryPositions(DecoderConfig config, Device device)
    {
        (_config, _device) = (config, device);
        _angles = Angles(Math.Min(config.ContextLength, FirstPlaces));
    }

    /// <summary>Radians a token for each pair: theta^(-2i / rotaryDim), stretched where the configuration scales the context.</summary>
    /// <returns>[rotaryDim / 2]</returns>
    public static float[] Frequencies(DecoderConfig config)
    {
        var plain = Plain(config);
        return [.. (config.RopeScaling?.Scale(plain) ?? plain).Select(f => (float)f)];
    }

    /// <summary>Radians a token for each pair before any scaling: theta^(-2i / rotaryDim).</summary>
    /// <returns>[rotaryDim / 2]</returns>
    public static double[] Plain(DecoderConfig config)
    {
        var channels = config.RotaryDim ?? config.HeadDim;
        return [.. Enumerable.Range(0, channels / 2).Select(i => Math.Pow(config.RopeTheta, -2.0 * i / channels))];
    }

    /// <inheritdoc/>
    public Tensor Embed(Tensor x, Tensor positions) => x.alias();

    /// <inheritdoc/>
    public Rotation RotationAt(Tensor positions, IReadOnlyList<Reach> reaches, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var (cosines, sines) = InDtype(dtype, reaches.Max(reach => reach.End));
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
        foreach (var (cosines, sines) in _inDtype.Values)
        {
            cosines.Dispose();
            sines.Dispose();
        }
    }

    private (Tensor Cosines, Tensor Sines) InDtype(ScalarType dtype, long places)
    {
        // Threads that train side by side share the model.
        lock (_inDtype)
        {
            if (places > _angles.shape[0]) Grow(places);
            return _inDtype.TryGetValue(dtype, out var tables) ? tables : AddDtype(dtype);
        }
    }

    private Tensor Angles(long places)
    {
        using var scope = NewDisposeScope();
        var frequencies = tensor(Frequencies(_config), dtype: ScalarType.Float32);
        return outer(arange(places, dtype: ScalarType.Float32), frequencies).to(_device).DetachFromDisposeScope();
    }

    // Another thread may still read the smaller tables, so they stay until the end. Together they are as large as the largest.
    private void Grow(long places)
    {
        _outgrown.Add(_angles);
        foreach (var (cosines, sines) in _inDtype.Values) _outgrown.AddRange([cosines, sines]);
        _inDtype.Clear();
        _angles = Angles(Math.Min(_config.ContextLength, Math.Max(places, 2 * _angles.shape[0])));
    }

    private (Tensor Cosines, Tensor Sines) AddDtype(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var magnitude = _config.RopeScaling?.Magnitude ?? 1;
        var (cosines, sines) = (_angles.cos() * magnitude, _angles.sin() * magnitude);
        return _inDtype[dtype] = (cosines.to(dtype).DetachFromDisposeScope(), sines.to(dtype).DetachFromDisposeScope());
    }
}
