namespace LlmRabbitHoles.Kernels.Tests;

public class TrainingKernelTests
{
    // Halves of the space between two bfloat16 numbers at 1 are 2^-8: 1.00390625 is 1 + 2^-8, just between 1 and 1.0078125.
    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(-2.5f, 0xC020)]
    [InlineData(1.00390625f, 0x3F80)]
    [InlineData(1.01171875f, 0x3F82)]
    [InlineData(1.0040f, 0x3F81)]
    public void ANumberIsNarrowedToTheNearestAndTheEvenOne(float number, int bits)
    {
        // All places of a vector and those behind it.
        var (numbers, narrowed, widened) = (new float[77], new ushort[77], new float[77]);
        Array.Fill(numbers, number);
        Bfloat16.Narrow(numbers, narrowed);
        Bfloat16.Widen(narrowed, widened);
        Assert.All(narrowed, one => Assert.Equal(bits, one));
        Assert.All(widened, one => Assert.Equal(BitConverter.Int32BitsToSingle(bits << 16), one));
    }

    [Fact]
    public void ANormAndItsGradientsAreThoseOfTheFormula()
    {
        const int Rows = 3, Size = 50;
        const float Epsilon = 1e-5f;
        var random = new Random(2);
        var (x, gain, g) = (Some(random, Rows * Size), Some(random, Size), Some(random, Rows * Size));
        var output = new ushort[Rows * Size];
        RmsScaling.Forward(x, gain, Epsilon, output);
        var (ofX, ofGain) = (new float[Rows * Size], new float[Size]);
        RmsScaling.Backward(x, gain, Epsilon, Bits(g), ofX, ofGain);

        var gainSums = new double[Size];
        for (var row = 0; row < Rows; row++)
        {
            var at = row * Size;
            var factor = 1 / Math.Sqrt(Enumerable.Range(0, Size).Sum(i => (double)x[at + i] * x[at + i]) / Size + Epsilon);
            var mean = Enumerable.Range(0, Size).Sum(i => (double)g[at + i] * gain[i] * x[at + i] * factor) / Size;
            for (var i = 0; i < Size; i++)
            {
                // Bfloat16 keeps eight bits.
                Assert.Equal(x[at + i] * factor * gain[i], Float(output[at + i]), 1.0 / 64);
                Assert.Equal(factor * ((g[at + i] * gain[i]) - (x[at + i] * factor * mean)), ofX[at + i], 1e-4);
                gainSums[i] += g[at + i] * x[at + i] * factor;
            }
        }
        for (var i = 0; i < Size; i++) Assert.Equal(gainSums[i], ofGain[i], 1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(1100)]
    public void AGateAndItsGradientsAreThoseOfTheFormula(int count)
    {
        var random = new Random(count);
        var (gate, up, g) = (Some(random, count), Some(random, count), Some(random, count));
        var (output, ofGate, ofUp) = (new ushort[count], new ushort[count], new ushort[count]);
        SwiGlu.Forward(Bits(gate), Bits(up), output);
        SwiGlu.Backward(Bits(gate), Bits(up), Bits(g), ofGate, ofUp);
        for (var i = 0; i < count; i++)
        {
            var s = 1 / (1 + Math.Exp(-gate[i]));
            Assert.Equal(gate[i] * s * up[i], Float(output[i]), 1.0 / 32);
            Assert.Equal(g[i] * gate[i] * s, Float(ofUp[i]), 1.0 / 32);
            Assert.Equal(g[i] * up[i] * (s + (gate[i] * s * (1 - s))), Float(ofGate[i]), 1.0 / 32);
        }
    }

    // Numbers that bfloat16 holds, between -2 and 2.
    private static float[] Some(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Float(Bits([(random.NextSingle() * 4) - 2])[0]))];

    private static ushort[] Bits(float[] numbers)
    {
        var bits = new ushort[numbers.Length];
        Bfloat16.Narrow(numbers, bits);
        return bits;
    }

    private static float Float(ushort bits) => BitConverter.Int32BitsToSingle(bits << 16);
}
