using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>Writes a checkpoint as one GGUF file, which llama.cpp and what is built on it load.</summary>
public static class GgufWriter
{
    private const int QuantizationVersion = 2;

    /// <summary>Converts a checkpoint. The file appears under its name only when it is whole; one weight at a time is in memory.</summary>
    /// <param name="checkpoint">With a byte-level BPE tokenizer; stays the caller's.</param>
    /// <param name="type">How matrices are stored; vectors stay float32.</param>
    /// <param name="path">The file to write; replaced when it exists.</param>
    /// <param name="weights">Every parameter by the decoder's name, to be written in place of the checkpoint's own; default: those.</param>
    /// <param name="rounding">Chooses the numbers of matrices in q4_0 and q8_0; default: as llama.cpp does.</param>
    /// <param name="cancellation">Ends the work between two weights, and leaves nothing.</param>
    /// <exception cref="CheckpointException">llama.cpp could not read the model as it is meant, the weights are
    /// damaged, or the disk is full.</exception>
    public static void Write(
        Checkpoint checkpoint, GgufType type, string path, IReadOnlyDictionary<string, Tensor>? weights = null,
        IRounding? rounding = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = PendingFiles.Target(path);
        var tensors = GgufWeights.For(checkpoint.Config, type);
        var header = new GgufHeader(Metadata(checkpoint, type), tensors);
        checkpoint.CheckHashes();
        using var files = new PendingFiles(Path.GetDirectoryName(file)!);
        var content = weights?.Select(weight => (weight.Key, weight.Value.alias()))
            ?? WeightMap.Load(checkpoint.Weights, checkpoint.Config);
        files.Write(Path.GetFileName(file), header.FileLength, stream => Write(stream, header, tensors, content, rounding, cancellation));
        files.Commit();
    }

    private static GgufMetadata Metadata(Checkpoint checkpoint, GgufType type)
    {
        var metadata = new GgufMetadata();
        metadata.Add("general.architecture", GgufArchitecture.NameOf(checkpoint.Config));
        metadata.Add("general.type", "model");
        metadata.Add("general.name", Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkpoint.Folder))));
        metadata.Add("general.file_type", (int)type.FileType);
        metadata.Add("general.quantization_version", QuantizationVersion);
        metadata.Add("general.alignment", GgufHeader.Alignment);
        GgufArchitecture.Describe(metadata, checkpoint.Config);
        GgufTokenizer.Describe(metadata, checkpoint);
        return metadata;
    }

    // The checkpoint is read in its own order, and each weight written where it belongs: GPT-2's query, key and value lie side by side.
    private static void Write(
        Stream file, GgufHeader header, IReadOnlyList<GgufTensor> tensors, IEnumerable<(string Name, Tensor Weight)> weights,
        IRounding? rounding, CancellationToken cancellation)
    {
        file.SetLength(header.FileLength);
        file.Write(header.Bytes);
        var (made, stored) = (new List<Place>(), new Dictionary<string, Place>(StringComparer.Ordinal));
        foreach (var place in Places(header, tensors))
        {
            if (place.Part.Weight == GgufWeights.MadeWeight) made.Add(place);
            else stored.Add(place.Part.Weight, place);
        }
        foreach (var place in made) Write(file, place, zeros(0), rounding: null);
        foreach (var (name, weight) in weights)
        {
            using (weight)
            {
                cancellation.ThrowIfCancellationRequested();
                Write(file, stored[name], weight, rounding);
            }
        }
    }

    private static void Write(Stream file, Place place, Tensor weight, IRounding? rounding)
    {
        using var scope = NewDisposeScope();
        file.Position = place.Offset;
        var grid = rounding is null ? null : RoundedBlocks.GridOf(place.Tensor.Type);
        if (grid is not null && place.Part.Weight.EndsWith("_proj.weight", StringComparison.Ordinal))
        {
            using var matrix = rounding!.Round(place.Part.Weight, weight.to(ScalarType.Float32), grid);
            RoundedBlocks.Write(file, place.Tensor.Type, matrix, place.Part);
            return;
        }
        GgufEncoding.Write(file, place.Tensor.Type, place.Part.Make(weight), place.Part.Weight);
    }

    private static IEnumerable<Place> Places(GgufHeader header, IReadOnlyList<GgufTensor> tensors)
    {
        long start = header.Bytes.Length;
        foreach (var tensor in tensors)
        {
            var offset = start;
            foreach (var part in tensor.Parts)
            {
                yield return new(tensor, part, offset);
                offset += tensor.Type.BytesOf(part.Count);
            }
            start += GgufHeader.Aligned(tensor.Length);
        }
    }

    private sealed record Place(GgufTensor Tensor, GgufPart Part, long Offset);
}
