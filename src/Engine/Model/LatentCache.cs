using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Model;

/// <summary>
/// Keeps for each token and layer one short vector, the latent, in place of its keys and values, and expands it when a layer reads them.
/// With the full rank it gives the tokens of every other cache; below, it is smaller and not exact.
/// </summary>
/// <remarks>A demonstration of multi-head latent attention: DeepSeek-V2, arXiv:2405.04434, section 2.1. There the model is trained with its
/// latents; here they are made of a finished model's projections (<see cref="LatentBasis"/>). A key that is rotated by its position does
/// not lie in the few directions of keys that are not, so a key is turned back before it is kept and turned again when it is read, and the
/// position is known from the key's place. DeepSeek-V2 keeps a rotated part apart for this reason: then the expansion can be multiplied
/// into queries and outputs once for all, and latents are never expanded. This cache expands all of them for each layer and pass: it saves
/// memory and costs time.</remarks>
public sealed class LatentCache : IWholeCache
{
    private readonly DecoderConfig _config;
    private readonly LatentBasis[] _bases;
    private readonly Tensor[] _latents;    // for each layer [batch, capacity, rank]
    private readonly RotaryPositions? _rotary;
    private int[] _lengths;

    /// <summary>Reserves the whole capacity and finds each layer's directions.</summary>
    /// <param name="model">Stays the caller's; not quantized.</param>
    /// <param name="rank">Numbers that stay of each token in a layer, at most <see cref="FullRank"/>.</param>
    /// <param name="capacity">Tokens that fit of each sequence; default: the whole context.</param>
    /// <param name="batch">Sequences side by side. Default 1.</param>
    /// <exception cref="ArgumentException">The model's keys pass a norm, after which they lie in no few directions; the rank is too large;
    /// or the model is quantized.</exception>
    public LatentCache(LanguageModel model, int rank, int? capacity = null, int batch = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        _config = model.Config;
        if (_config.LocalRopeTheta is not null || _config.RopeScaling is LengthRopeScaling
            || _config.RopeScaling?.Magnitude is not (null or 1))
        {
            throw new ArgumentException("The model rotates keys by more than one table, or stretches them too, which this cache cannot " +
                "undo. Take a model with plain rotary positions, or another cache.", nameof(model));
        }
        if (_config.QueryKeyNorm != QueryKeyNorm.None)
            throw new ArgumentException("The model's keys pass a norm, so they are not linear in the hidden state and have no latent. " +
                "Take a model without it, or another cache.", nameof(model));
        if (rank > FullRank(_config))
            throw new ArgumentException(
                $"Rank {rank} is more than the keys and values of a layer have, {FullRank(_config)}. Take that or less.", nameof(rank));
        Capacity = capacity ?? _config.ContextLength;
        _lengths = new int[batch];
        _bases = [.. Enumerable.Range(0, _config.Layers).Select(layer => LatentBasis.Of(model.Decoder, layer, rank))];
        _latents = [.. _bases.Select(_ => zeros([batch, Capacity, rank], model.Dtype, model.Device).DetachFromDisposeScope())];
        _rotary = _config.Positions == PositionKind.Rotary ? new RotaryPositions(_config, model.Device) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public long UsedBytes => ReservedBytes / (_lengths.Length * Capacity) * _lengths.Sum(length => (long)length);

    /// <inheritdoc/>
    public long ReservedBytes => _latents.Sum(latents => latents.numel() * latents.element_size());

    /// <summary>Bytes of the directions, once for any number of tokens.</summary>
    public long BasisBytes => _bases.Sum(basis => basis.Directions.numel() * basis.Directions.element_size());

    /// <summary>The rank with which nothing is lost: 2 x kvHeads x headDim, or hidden where that is less.</summary>
    /// <param name="config">The model's.</param>
    public static int FullRank(DecoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Math.Min(2 * config.KeyValueWidth, config.HiddenSize);
    }

    /// <inheritdoc/>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        using var scope = NewDisposeScope();
        var longest = _lengths.Max();
        var (time, basis) = (keys.shape[2], _bases[layer]);
        if (longest + time > Capacity) throw IKeyValueCache.Full(Capacity, longest + time);
        var added = (Rows(TurnedBack(keys), values) - basis.Offset).Product(basis.Directions);
        for (var row = 0; row < _lengths.Length; row++) _latents[layer][row].narrow(0, _lengths[row], time).copy_(added[row]);
        var all = _latents[layer].narrow(1, 0, longest + time).Product(basis.Directions.transpose(0, 1)) + basis.Offset;
        var width = _config.KeyValueWidth;
        return (Turned(Heads(all.narrow(2, 0, width))).MoveToOuterDisposeScope(),
            Heads(all.narrow(2, width, width)).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Advance(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        for (var row = 0; row < _lengths.Length; row++) _lengths[row] += counts[row];
    }

    /// <inheritdoc/>
    public void Truncate(int sequence, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _lengths[sequence]);
        _lengths[sequence] = length;
    }

    /// <inheritdoc/>
    public void Reorder(IReadOnlyList<int> from)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentOutOfRangeException.ThrowIfZero(from.Count, nameof(from));
        _lengths = [.. from.Select(sequence => _lengths[sequence])];
        using var rows = tensor([.. from.Select(sequence => (long)sequence)], device: _latents[0].device);
        for (var layer = 0; layer < _latents.Length; layer++)
        {
            using var old = _latents[layer];
            _latents[layer] = old.index_select(0, rows).DetachFromDisposeScope();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var basis in _bases) basis.Dispose();
        foreach (var latents in _latents) latents.Dispose();
        _rotary?.Dispose();
    }

    /// <summary>Undoes the rotation of new keys, which stand behind what their rows hold.</summary>
    private Tensor TurnedBack(Tensor keys)
    {
        if (_rotary is null) return keys;
        var (time, first) = (keys.shape[2], tensor(_lengths.Select(length => (long)length).ToArray()).view(-1, 1));
        var positions = (first + arange(time)).clamp_max(_config.ContextLength - 1).to(keys.device);
        var rotation = _rotary.RotationAt(
            positions, [new Reach((int)time, Math.Min(_config.ContextLength, _lengths.Max() + time))], keys.dtype);
        return (rotation with { Sines = -rotation.Sines }).Turn(keys);
    }

    /// <summary>Rotates all keys of a layer: the place of a key in its row is its position.</summary>
    private Tensor Turned(Tensor keys) => _rotary is null ? keys
        : _rotary.RotationAt(
            arange(keys.shape[2], device: keys.device).unsqueeze(0), [new Reach((int)keys.shape[2], keys.shape[2])], keys.dtype).Turn(keys);

    /// <returns>[batch, time, 2 x kvHeads x headDim]</returns>
    private static Tensor Rows(Tensor keys, Tensor values) =>
        cat([keys.transpose(1, 2).flatten(2), values.transpose(1, 2).flatten(2)], 2);

    /// <returns>[batch, kvHeads, time, headDim]</returns>
    private Tensor Heads(Tensor rows) =>
        rows.reshape(rows.shape[0], rows.shape[1], _config.KeyValueHeads, _config.HeadDim).transpose(1, 2);
}
