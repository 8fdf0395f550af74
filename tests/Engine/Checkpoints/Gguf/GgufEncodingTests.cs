using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class GgufEncodingTests
{
    // Rows of 32 at magnitudes from the smallest that float16 can scale to the largest, with ties between two bytes in each.
    private static readonly float[] _numbers = MakeNumbers();

    [Fact]
    public unsafe void BlocksAreThoseOfGgml()
    {
        NpmPackages.Folder(LlamaCppLibrary.Package);
        var theirs = new byte[GgufType.Q8.BytesOf(_numbers.Length)];
        fixed (float* numbers = _numbers)
        fixed (byte* bytes = theirs)
        {
            LlamaCppLibrary.QuantizeChunk((int)GgufType.Q8.Code, numbers, bytes, 0, _numbers.Length / 32, 32, null);
        }
        Assert.Equal(theirs, Encode(GgufType.Q8));
    }

    [Fact]
    public unsafe void Float16IsThatOfGgml()
    {
        NpmPackages.Folder(LlamaCppLibrary.Package);
        var theirs = new byte[GgufType.F16.BytesOf(_numbers.Length)];
        fixed (float* numbers = _numbers)
        fixed (byte* bytes = theirs)
        {
            LlamaCppLibrary.ToHalf(numbers, bytes, _numbers.Length);
        }
        Assert.Equal(theirs, Encode(GgufType.F16));
    }

    [Theory]
    [InlineData("f16", 65520, "holds 65520; f16 ends below 65520. Convert to f32 instead.")]
    [InlineData("q8_0", float.PositiveInfinity, "q8_0 ends below 8321040")]
    [InlineData("q8_0", float.NaN, "Weight 'w' holds NaN")]
    public void NumbersBeyondTheFormatAreRefused(string type, float number, string because)
    {
        using var scope = NewDisposeScope();
        var weight = zeros(2, 32);
        weight[1, 7] = number;
        var error = Assert.Throws<CheckpointException>(() => GgufEncoding.Write(Stream.Null, GgufType.Find(type)!, weight, "w"));
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFloat16IsKept()
    {
        // All finite ones; bfloat16 of common magnitudes are among them.
        var all = Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite).ToArray();
        var bytes = new byte[2 * all.Length];
        GgufEncoding.Encode(GgufType.F16, [.. all.Select(half => (float)half)], bytes);
        Assert.Equal(all.SelectMany(BitConverter.GetBytes), bytes);
    }

    private static byte[] Encode(GgufType type)
    {
        var bytes = new byte[type.BytesOf(_numbers.Length)];
        GgufEncoding.Encode(type, _numbers, bytes);
        return bytes;
    }

    private static float[] MakeNumbers()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(-26, 42)
            .SelectMany(exponent => Enumerable.Range(0, 40).Select(_ => Row(random, MathF.ScaleB(1, exponent))));
        return [.. new float[32], .. rows.SelectMany(row => row)];
    }

    // Multiples of half a step of the largest, and anything between.
    private static float[] Row(Random random, float largest) =>
    [
        largest,
        .. Enumerable.Range(0, 31)
            .Select(i => largest * (i % 2 == 0 ? random.Next(-254, 255) / 254f : (random.NextSingle() * 2) - 1)),
    ];
}
