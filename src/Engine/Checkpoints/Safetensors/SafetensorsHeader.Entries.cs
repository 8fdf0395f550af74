using System.Text.Json;

namespace LlmRabbitHoles.Checkpoints;

/// <content>What the header says of each tensor, checked alone and against its neighbours.</content>
internal sealed partial class SafetensorsHeader
{
    private static SafetensorsEntry ParseEntry(string path, string name, JsonElement json, long dataStart)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Lie(
                path, name, $"is described by {Shortened.Of(json.GetRawText())}; it needs an object with dtype, shape and data_offsets");
        var dtype = ParseDtype(path, name, json);
        var shape = ParseNumbers(path, name, json, "shape");
        var (begin, end) = ParseOffsets(path, name, json);
        var length = ByteLength(path, name, shape, dtype);
        if (end - begin != length)
            throw Lie(path, name, $"takes {end - begin} bytes ({begin} to {end}), but {dtype.Name} {Show(shape)} needs {length}");
        if (end > long.MaxValue - dataStart)
            throw Lie(path, name, $"ends at byte {end}, beyond any file");
        return new(name, path, dtype, shape, dataStart + begin, length);
    }

    private static SafetensorsDtype ParseDtype(string path, string name, JsonElement json)
    {
        if (!json.TryGetProperty("dtype", out var value) || value.ValueKind != JsonValueKind.String)
            throw Lie(path, name, "has no dtype; it needs a text such as \"F32\"");
        return SafetensorsDtype.Find(value.GetRawText().Trim('"'))
            ?? throw Lie(path, name, $"has dtype {Shortened.Of(value.GetRawText())}; known are {SafetensorsDtype.Names}");
    }

    private static (long Begin, long End) ParseOffsets(string path, string name, JsonElement json)
    {
        var offsets = ParseNumbers(path, name, json, "data_offsets");
        if (offsets.Length != 2)
            throw Lie(path, name, $"has {offsets.Length} data_offsets; it needs two, begin and end");
        if (offsets[0] > offsets[1])
            throw Lie(path, name, $"begins at byte {offsets[0]}, after its end at byte {offsets[1]}");
        return (offsets[0], offsets[1]);
    }

    private static long[] ParseNumbers(string path, string name, JsonElement json, string key)
    {
        if (!json.TryGetProperty(key, out var list) || list.ValueKind != JsonValueKind.Array)
            throw Lie(path, name, $"has no {key}; it needs a list of whole numbers");
        var numbers = new List<long>();
        foreach (var item in list.EnumerateArray())
            numbers.Add(item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
                ? number
                : throw Lie(path, name, $"has {key} {Shortened.Of(list.GetRawText())}; it needs whole numbers from 0 to {long.MaxValue}"));
        return [.. numbers];
    }

    private static long ByteLength(string path, string name, long[] shape, SafetensorsDtype dtype)
    {
        if (shape.Contains(0))
            return 0;
        try
        {
            return shape.Aggregate((long)dtype.Bytes, (length, size) => checked(length * size));
        }
        catch (OverflowException)
        {
            throw Lie(path, name, $"is {Show(shape)}, which is more elements than a file can hold");
        }
    }

    private static void RefuseHolesAndOverlaps(string path, SafetensorsEntry[] ordered, long dataStart)
    {
        var next = dataStart;
        foreach (var entry in ordered)
        {
            if (entry.Offset != next)
                throw Lie(path, entry.Name,
                    $"begins at byte {entry.Offset - dataStart} of the data, but the tensor before it ends at byte {next - dataStart}: "
                    + (entry.Offset < next ? "they overlap" : $"{entry.Offset - next} bytes belong to no tensor"));
            next += entry.Length;
        }
    }

    private static void RefuseOtherLength(string path, SafetensorsEntry[] ordered, long dataStart, long found)
    {
        var promised = ordered.Length == 0 ? 0 : ordered[^1].Offset + ordered[^1].Length - dataStart;
        if (found < promised)
            throw new CheckpointException(
                $"'{path}' holds {found} bytes of tensor data; its header promises {promised}, so {promised - found} bytes are missing. " +
                $"The file was cut off. {Again}");
        if (found > promised)
            throw new CheckpointException(
                $"'{path}' holds {found} bytes of tensor data; " +
                $"its header accounts for {promised}, so {found - promised} bytes are left over. The file is damaged. {Again}");
    }

    private static CheckpointException Lie(string path, string name, string lie) =>
        new($"Tensor '{Shortened.Of(name, 200)}' in '{path}' {lie}. The header is wrong. {Again}");

    private static string Show(IEnumerable<long> shape) => $"[{Shortened.Of(string.Join(", ", shape), 200)}]";
}
