using System.Numerics.Tensors;
using LlmRabbitHoles.Kernels.Blocks;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Kernels.Tests;

public sealed class BlockFormatTests
{
    // ggml's numbers of its types, in ggml.h.
    private static readonly Dictionary<string, int> Codes = new()
    {
        ["q4_0"] = 2, ["q4_1"] = 3, ["q5_0"] = 6, ["q5_1"] = 7, ["q8_0"] = 8, ["q4_k"] = 12, ["q5_k"] = 13, ["q6_k"] = 14,
    };

    public static TheoryData<string> Names => [.. BlockFormat.All.Select(format => format.Name)];

    [Fact]
    public void AQ80BlockIsItsScaleAndRoundedBytes()
    {
        var weights = new float[32];
        (weights[0], weights[1], weights[2], weights[3], weights[31]) = (127, -0.5f, 2.5f, 2.49f, -127);
        var block = Encoded("q8_0", weights);
        // scale 127 / 127 = 1, which is 0x3C00 in float16; halves go away from zero.
        Assert.Equal([0x00, 0x3C, 127, unchecked((byte)-1), 3, 2], block[..6]);
        Assert.Equal(unchecked((byte)-127), block[^1]);
    }

    [Fact]
    public void AQ40BlockMakesItsLargestWeightCodeZero()
    {
        var weights = new float[32];
        (weights[0], weights[16], weights[1]) = (8, -3, 4);
        var block = Encoded("q4_0", weights);
        // scale 8 / -8 = -1, which is 0xBC00: 8 is code 0, -3 is code 11, 4 is code 4 and 0 is code 8.
        Assert.Equal([0x00, 0xBC, 0xB0, 0x84, 0x88], block[..5]);
    }

    [Theory, MemberData(nameof(Names))]
    public void ABlockOfZerosDecodesToZeros(string name)
    {
        var format = Format(name);
        Assert.All(Decoded(format, Encoded(name, new float[format.Size])), weight => Assert.Equal(0, weight));
    }

    [Theory, MemberData(nameof(Names))]
    public unsafe void RandomBytesDecodeAsInGgml(string name)
    {
        NpmPackages.Folder(LlamaCppLibrary.Package);
        var format = Format(name);
        var bytes = new byte[300 * format.Bytes];
        new Random(17).NextBytes(bytes);
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] is 0x7C or 0x7D or 0x7E or 0x7F or >= 0xFC) bytes[i] &= 0x3F;    // no scale is infinite or NaN
        var (ours, theirs) = (new float[300 * format.Size], new float[300 * format.Size]);
        format.Decode(bytes, ours);
        fixed (byte* blocks = bytes)
        fixed (float* numbers = theirs) LlamaCppLibrary.Decoder(Codes[name])(blocks, numbers, theirs.Length);
        Assert.Equal(theirs, ours);
    }

    [Theory]
    [InlineData("q8_0")]
    [InlineData("q4_0")]
    [InlineData("q4_1")]
    [InlineData("q5_0")]
    [InlineData("q5_1")]
    public void EncodedBytesAreThoseOfGgml(string name)
    {
        NpmPackages.Folder(LlamaCppLibrary.Package);
        var weights = Weights(256 * 40, seed: 4);
        Assert.Equal(ByGgml(name, weights), Encoded(name, weights));
    }

    // The search differs in detail, so the bytes do; what counts is how far the stored weights are from those given.
    [Theory]
    [InlineData("q4_k")]
    [InlineData("q5_k")]
    [InlineData("q6_k")]
    public void EncodingErrsAtMostATenthMoreThanThatOfGgml(string name)
    {
        NpmPackages.Folder(LlamaCppLibrary.Package);
        var (format, weights) = (Format(name), Weights(256 * 200, seed: 5));
        var ours = TensorPrimitives.Distance(weights, Decoded(format, Encoded(name, weights)));
        var theirs = TensorPrimitives.Distance(weights, Decoded(format, ByGgml(name, weights)));
        TestContext.Current.SendDiagnosticMessage($"{name}: {ours} beside ggml's {theirs}");
        Assert.True(ours <= 1.1 * theirs, $"{ours} > 1.1 x {theirs}");
    }

    [Theory, MemberData(nameof(Names))]
    public void DecodingIsScaleTimesCodePlusOffset(string name)
    {
        var format = Format(name);
        var blocks = Encoded(name, Weights(256 * 8, seed: 6));
        var (codes, groups) = (new sbyte[256 * 8], 256 * 8 / format.GroupSize);
        var (scales, offsets) = (new float[groups], new float[groups]);
        format.Unpack(blocks, codes, scales, offsets);
        Assert.Equal(
            codes.Index().Select(code => (scales[code.Index / format.GroupSize] * code.Item) + offsets[code.Index / format.GroupSize]),
            Decoded(format, blocks));
    }

    [Fact]
    public void CodesChosenElsewhereAreStoredAsTheyAre()
    {
        sbyte[] codes = [.. Enumerable.Range(0, 32).Select(i => (sbyte)((i % 16) - 8))];
        var (four, eight) = (new byte[18], new byte[34]);
        Q40.Write(codes, 0.5f, four);
        Q80.Write(codes, 0.5f, eight);
        Assert.Equal(codes.Select(code => 0.5f * code), Decoded(Format("q4_0"), four));
        Assert.Equal(codes.Select(code => 0.5f * code), Decoded(Format("q8_0"), eight));
    }

    internal static BlockFormat Format(string name) => BlockFormat.All.Single(format => format.Name == name);

    internal static byte[] Encoded(string name, float[] weights)
    {
        var blocks = new byte[Format(name).BytesOf(weights.Length)];
        Format(name).Encode(weights, blocks);
        return blocks;
    }

    /// <summary>Normal numbers; the magnitude differs from group to group as it does between the columns of a matrix.</summary>
    internal static float[] Weights(int count, int seed)
    {
        var random = new Random(seed);
        float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return [.. Enumerable.Range(0, count / 16).SelectMany(_ =>
        {
            var magnitude = MathF.Exp(Normal() / 2) / 50;
            return Enumerable.Range(0, 16).Select(_ => magnitude * Normal());
        })];
    }

    private static float[] Decoded(BlockFormat format, byte[] blocks)
    {
        var weights = new float[blocks.Length / format.Bytes * format.Size];
        format.Decode(blocks, weights);
        return weights;
    }

    private static unsafe byte[] ByGgml(string name, float[] weights)
    {
        var blocks = new byte[Format(name).BytesOf(weights.Length)];
        fixed (float* numbers = weights)
        fixed (byte* bytes = blocks) LlamaCppLibrary.QuantizeChunk(Codes[name], numbers, bytes, 0, weights.Length / 256, 256, null);
        return blocks;
    }
}
