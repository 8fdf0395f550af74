using System.Text.Json;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Golden/nn.json: what PyTorch computed, as made by Golden/make_nn.py.</summary>
internal static class NnGolden
{
    private static readonly JsonDocument Document =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "nn.json")));

    public static JsonElement Section(string name) => Document.RootElement.GetProperty(name);

    public static IEnumerable<string> Names(string section) => Section(section).EnumerateObject().Select(property => property.Name);

    public static Tensor ToTensor(this JsonElement written)
    {
        var shape = written.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var data = written.GetProperty("data").EnumerateArray();
        using var flat = written.GetProperty("dtype").GetString() switch
        {
            "float32" => tensor(data.Select(value => value.GetSingle()).ToArray()),
            "int64" => tensor(data.Select(value => value.GetInt64()).ToArray()),
            _ => tensor(data.Select(value => value.GetBoolean()).ToArray()),
        };
        return flat.reshape(shape);
    }

    /// <summary>
    /// Equal shape, and each number within 1e-5 of the size of its neighbours: a float32 carries 6e-8, and the longest
    /// sum behind a value here has 60 terms, which another order of summation moves by 60 x 6e-8 of their magnitude.
    /// </summary>
    public static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        var (wanted, found) = (Numbers(expected), Numbers(actual));
        var tolerance = 1e-5 * Math.Max(1, wanted.Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (var i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - found[i]) <= tolerance, $"{what}[{i}] is {found[i]}; PyTorch has {wanted[i]}.");
    }

    private static double[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
