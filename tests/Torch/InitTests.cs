using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

/// <summary>The beginnings draw from the one generator of the process, so no test runs beside these.</summary>
[Collection(nameof(ProcessWideTests))]
public sealed class InitTests
{
    private static readonly Dictionary<string, Func<Tensor>> Draws = new(StringComparer.Ordinal)
    {
        ["Linear weight"] = () => Linear(4, 3).weight,
        ["Linear bias"] = () => Linear(4, 3).bias!,
        ["Embedding"] = () => Embedding(5, 3, padding_idx: 2).weight!,
        ["normal_"] = () => init.normal_(empty(2, 3), 1, 0.02),
        ["uniform_"] = () => init.uniform_(empty(2, 3), -2, 2),
        ["xavier_uniform_"] = () => init.xavier_uniform_(empty(4, 3, 2), 1.5),
        ["kaiming_uniform_"] = () => init.kaiming_uniform_(empty(4, 3), mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU),
    };

    public static TheoryData<string> Cases => [.. NnGolden.Names("init")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ASeedDrawsTheNumbersOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        NnGolden.AssertClose(NnGolden.Section("init").GetProperty(name).ToTensor(), Draws[name](), name);
    }

    [Fact]
    public void ConstantsFillParametersInPlace()
    {
        using var parameter = Parameter(empty(2));
        Assert.Same(parameter, init.ones_(parameter));
        Assert.Equal([1f, 1f], parameter.data<float>().ToArray());
        Assert.Equal([0f, 0f], init.zeros_(parameter).data<float>().ToArray());
        Assert.Equal([0.5f, 0.5f], init.constant_(parameter, 0.5f).data<float>().ToArray());
        Assert.True(parameter.requires_grad);
    }

    [Fact]
    public void GainsAreThoseOfTheRecipe()
    {
        Assert.Equal(1, init.calculate_gain(init.NonlinearityType.Linear));
        Assert.Equal(5.0 / 3, init.calculate_gain(init.NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.ReLU));
        Assert.Equal(Math.Sqrt(2 / 1.04), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.2));
    }

    [Fact]
    public void FansCountTheReceptiveField()
    {
        using var weight = empty(8, 3, 5);
        Assert.Equal((15, 40), init.CalculateFanInAndFanOut(weight));
        using var vector = empty(3);
        Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(vector));
    }
}
