using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Wrong calls that would end the process are errors of the cell. A mistake here ends the tests.</summary>
public sealed class SafeCallsTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("ones(2, 3).matmul(ones(2, 3))", "[2, 3] and [2, 3] cannot be multiplied")]
    [InlineData("torch.matmul(ones(2, 3), ones(4))", "[2, 3] and [4] cannot be multiplied")]
    [InlineData("ones(2, 3)\n    .matmul(\n        ones(2, 3))", "[2, 3] and [2, 3] cannot be multiplied")]
    [InlineData("new[] { ones(2, 3) }.Select(x => x.matmul(x)).ToArray()", "[2, 3] and [2, 3] cannot be multiplied")]
    [InlineData("while (true) { var x = ones(3).matmul(ones(3, 2).matmul(ones(3, 2))); }", "[3, 2] and [3, 2] cannot be multiplied")]
    [InlineData("ones(3, dtype: ScalarType.Int64).var(new long[] { 0 }, true, false)", "The variance of Int64 is not defined")]
    [InlineData("torch.var(ones(3, dtype: ScalarType.Int64), new long[] { 0 }, true, false)", "The variance of Int64 is not defined")]
    [InlineData("matmul(ones(2, 3), ones(4))", "[2, 3] and [4] cannot be multiplied")]
    [InlineData("new[] { ones(2, 3), ones(2, 3) }.Aggregate(torch.matmul)", "[2, 3] and [2, 3] cannot be multiplied")]
    [InlineData("class Layer { public Tensor Run(Tensor x) => x.matmul(x); }\nnew Layer().Run(ones(2, 3))",
        "[2, 3] and [2, 3] cannot be multiplied")]
    [InlineData("Func<Tensor, Tensor, Tensor> f = matmul; f(ones(2, 3), ones(2, 3))", "[2, 3] and [2, 3] cannot be multiplied")]
    [InlineData("Tensor x = ones(2, 3); x?.matmul(x)?.sum()", "[2, 3] and [2, 3] cannot be multiplied")]
    [InlineData("Func<Tensor, Tensor> f = ones(2, 3).matmul; f(ones(2, 3))", "[2, 3] and [2, 3] cannot be multiplied")]
    [InlineData("Tensor x = ones(3, dtype: ScalarType.Int64); x?.var(new long[] { 0 }, true, false)",
        "The variance of Int64 is not defined")]
    [InlineData("cummax(ones(3), 1)", "[3] has no axis 1")]
    [InlineData("ones(3).cummax(1)", "[3] has no axis 1")]
    [InlineData("ones(3).cummin(-2)", "[3] has no axis -2")]
    public async Task AWrongCallIsAnErrorOfTheCell(string code, string message)
    {
        await Run("#r \"TorchSharp.dll\"\nusing TorchSharp; using static TorchSharp.torch;");
        var run = await Run(code);
        Assert.Contains(message, Assert.Single(run.Outputs.OfType<ErrorOutput>()).Value, StringComparison.Ordinal);
        Assert.Equal("3", (await Run("1 + 2")).Result);
    }

    [Fact]
    public async Task ACorrectCallGivesTheSameResult()
    {
        await Run("#r \"TorchSharp.dll\"\nusing TorchSharp; using static TorchSharp.torch;");
        Assert.Equal("7.5", (await Run("(ones(2, 3) * 2.5).matmul(ones(3)).max().item<float>()")).Result);
    }

    [Fact]
    public async Task AMemberOfAnotherTypeIsNotReplaced()
    {
        await Run("class Mine { public string matmul(int x) => $\"mine {x}\"; public int var() => 5; }");
        Assert.Equal("mine 3", (await Run("new Mine().matmul(3)")).Result);
        Assert.Equal("5", (await Run("new Mine().var()")).Result);
    }

    private Task<CellRun> Run(string code) => CellRun.Of(_session, code, TestContext.Current.CancellationToken);
}
