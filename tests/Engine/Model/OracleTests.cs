using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class OracleTests
{
    public static TheoryData<string> Models => GoldenModels.Names;

    [Theory, MemberData(nameof(Models))]
    public void LogitsAreThoseOfTheIndependentImplementation(string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var expected = GoldenModels.Expected(name);

        var logits = model.Logits(expected.Tokens);

        Assert.Equal([expected.Tokens.Length, model.Config.VocabularySize], logits.shape);
        var actual = logits.data<float>().ToArray();
        var needed = expected.Logits.SelectMany(row => row).ToArray();
        var difference = actual.Zip(needed, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference <= 1e-4, $"largest difference {difference}");
    }
}
