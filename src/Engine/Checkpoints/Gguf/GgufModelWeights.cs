using LlmRabbitHoles.Model;
using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>The parameters in a GGUF file.</summary>
internal sealed class GgufModelWeights : IStoredWeights
{
    private readonly GgufFile _file;
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Checks that the file holds what a decoder needs, and nothing that it would ignore in silence. Reads no data.</summary>
    /// <param name="file">Becomes this object's once it is made.</param>
    /// <param name="config">The decoder's sizes and variants.</param>
    /// <exception cref="CheckpointException">A tensor is missing, misshapen, or has no place in the decoder.</exception>
    public GgufModelWeights(GgufFile file, DecoderConfig config)
    {
        _file = file;
        var tensors = GgufWeights.For(config, GgufType.F32);
        foreach (var tensor in tensors.Where(tensor => tensor.Parts[0].Weight != GgufWeights.MadeWeight)) Add(tensor);
        var known = tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        if (file.Entries.FirstOrDefault(entry => !known.Contains(entry.Name) && entry.Name != GgufWeights.RopeFactors) is { } other)
            throw new CheckpointException(
                $"The tensor '{other.Name}' in '{file.Path}' has no place in the {config.Architecture} model of {config.Layers} layers " +
                "that the file describes. Choose a file of a model that can be read.");
    }

    public IReadOnlyList<string> Files => [_file.Path];

    public long Bytes => _file.Entries.Sum(entry => entry.Length);

    public ScalarType Dtype => _places["embed_tokens.weight"].Entry.Type.Dtype ?? ScalarType.Float32;

    public Tensor Read(string name)
    {
        using var scope = NewDisposeScope();
        if (ReadQuantized(name) is { } matrix)
            using (matrix) return matrix.Decode(0, matrix.Rows).MoveToOuterDisposeScope();
        var place = _places[name];
        var whole = _file.Read(place.Entry);
        var part = whole.narrow(0, place.FirstRow, place.Rows);
        if (place.Part.Restore is { } order) part = part.index_select(0, tensor(order()));
        if (place.Part.Offset is var offset and not 0) part = part.to(ScalarType.Float32) - offset;
        // A part of a larger tensor lies on the same mapping; only a reordered one is a copy.
        return part.MoveToOuterDisposeScope();
    }

    public QuantizedMatrix? ReadQuantized(string name)
    {
        var place = _places[name];
        if (place.Entry.Type.Blocks is null) return null;
        var blocks = _file.ReadBlocks(place.Entry, place.FirstRow, place.Rows);
        if (place.Part.Restore is null) return blocks;
        using var order = tensor(place.Part.Restore());
        using (blocks) return blocks.Reordered(order);
    }

    public void Dispose() => _file.Dispose();

    private void Add(GgufTensor tensor)
    {
        var entry = _file[tensor.Name];
        if (!entry.Shape.SequenceEqual(tensor.Shape))
            throw new CheckpointException(
                $"The tensor '{entry.Name}' in '{_file.Path}' is [{string.Join(", ", entry.Shape)}]; the settings of the file need " +
                $"[{string.Join(", ", tensor.Shape)}]. Download the file again, or convert the model again.");
        if (entry.Type.Blocks is not null && entry.Shape.Count != 2)
            throw new CheckpointException(
                $"The tensor '{entry.Name}' in '{_file.Path}' is a vector in {entry.Type}; vectors are stored in f32, f16 or bf16. " +
                "Convert the model again.");
        var row = 0L;
        foreach (var part in tensor.Parts)
        {
            var rows = part.Count / (tensor.Shape.Count == 1 ? 1 : tensor.Shape[1]);
            _places[part.Weight] = new(entry, part, row, rows);
            row += rows;
        }
    }

    private sealed record Place(GgufEntry Entry, GgufPart Part, long FirstRow, long Rows);
}
