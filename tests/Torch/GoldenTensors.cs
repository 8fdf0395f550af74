using System.Text.Json;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>The tensors of a golden file: what Debian's PyTorch computed (the file names its script).</summary>
internal sealed class GoldenTensors
{
    private readonly JsonElement _root;

    private GoldenTensors(JsonElement root) => _root = root;

    public static GoldenTensors Load(string file) =>
        new(JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file))).RootElement);

    public IEnumerable<string> Names(string part) => _root.GetProperty(part).EnumerateObject().Select(entry => entry.Name);

    public Tensor this[string part, string name]
    {
        get
        {
            var entry = _root.GetProperty(part).GetProperty(name);
            var values = entry.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToArray();
            var shape = entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
            var dtype = Enum.Parse<ScalarType>(entry.GetProperty("dtype").GetString()!);
            return tensor(values, shape, dtype);
        }
    }
}
