using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public sealed class FunctionalTests
{
    private static readonly Dictionary<string, Func<Dictionary<string, Tensor>, Tensor>> Functions = new(StringComparer.Ordinal)
    {
        ["linear"] = t => F.linear(t["x"], t["weight"], t["bias"]),
        ["linear without bias"] = t => F.linear(t["x"], t["weight"]),
        ["layer_norm"] = t => F.layer_norm(t["x"], [4], t["weight"], t["bias"]),
        ["layer_norm plain over two axes"] = t => F.layer_norm(t["x"], [3, 4], eps: 1e-3),
        ["attention"] = t => F.scaled_dot_product_attention(t["query"], t["key"], t["value"]),
        ["attention causal"] = t => F.scaled_dot_product_attention(t["query"], t["key"], t["value"], is_casual: true),
        ["attention bool mask"] = t => F.scaled_dot_product_attention(t["query"], t["key"], t["value"], t["mask"]),
        ["attention float mask"] = t => F.scaled_dot_product_attention(t["query"], t["key"], t["value"], attn_mask: t["mask"]),
        ["cross_entropy"] = t => F.cross_entropy(t["x"], t["y"]),
        ["cross_entropy sum"] = t => F.cross_entropy(t["x"], t["y"], reduction: Reduction.Sum),
        ["cross_entropy none"] = t => F.cross_entropy(t["x"], t["y"], reduction: Reduction.None),
        ["cross_entropy holes"] = t => F.cross_entropy(t["x"], t["y"]),
        ["cross_entropy ignore 2"] = t => F.cross_entropy(t["x"], t["y"], ignore_index: 2),
        ["cross_entropy weighted"] = t => F.cross_entropy(t["x"], t["y"], weight: t["w"].detach()),
        ["cross_entropy smoothed"] = t => F.cross_entropy(t["x"], t["y"], label_smoothing: 0.1),
        ["cross_entropy probabilities"] = t => F.cross_entropy(t["x"], t["y"].detach()),
        ["cross_entropy spatial"] = t => F.cross_entropy(t["x"], t["y"]),
        ["nll_loss"] = t => F.nll_loss(t["x"], t["y"]),
        ["nll_loss weighted sum"] = t => F.nll_loss(t["x"], t["y"], weight: t["w"].detach(), reduction: Reduction.Sum),
        ["nll_loss none"] = t => F.nll_loss(t["x"], t["y"], reduction: Reduction.None),
        ["mse_loss"] = t => F.mse_loss(t["x"], t["y"]),
        ["mse_loss sum"] = t => F.mse_loss(t["x"], t["y"], Reduction.Sum),
        ["mse_loss none"] = t => F.mse_loss(t["x"], t["y"], Reduction.None),
        ["silu"] = t => F.silu(t["x"]),
        ["gelu"] = t => F.gelu(t["x"]),
        ["gelu tanh"] = t => F.gelu(t["x"], Modules.GELU.Approximate.tanh),
        ["relu"] = t => F.relu(t["x"]),
        ["softmax"] = t => F.softmax(t["x"], 1),
        ["log_softmax"] = t => F.log_softmax(t["x"], -1),
        ["one_hot"] = t => F.one_hot(t["x"]),
        ["one_hot of 6"] = t => F.one_hot(t["x"], 6),
        ["cosine_similarity"] = t => F.cosine_similarity(t["x"], t["y"]),
        ["cosine_similarity broadcast"] = t => F.cosine_similarity(t["x"], t["y"], dim: -1),
        ["embedding"] = t => Embedding_from_pretrained(t["weight"], freeze: false).call(t["x"]),
        ["embedding padded"] = t => Embedding_from_pretrained(t["weight"], freeze: false, padding_idx: 1).call(t["x"]),
    };

    public static TheoryData<string> Cases => [.. NnGolden.Names("functions")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheResultIsPyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        var golden = NnGolden.Section("functions").GetProperty(name);
        var inputs = golden.GetProperty("inputs").EnumerateObject().ToDictionary(input => input.Name, input => input.Value.ToTensor());
        NnGolden.AssertClose(golden.GetProperty("output").ToTensor(), Functions[name](inputs), name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheGradientsArePyTorchs(string name)
    {
        var golden = NnGolden.Section("functions").GetProperty(name);
        if (!golden.TryGetProperty("gradients", out var gradients)) return;
        if (name.StartsWith("embedding", StringComparison.Ordinal)) return; // its table is the module's: see below

        using var scope = NewDisposeScope();
        var inputs = golden.GetProperty("inputs").EnumerateObject().ToDictionary(input => input.Name, input => input.Value.ToTensor());
        foreach (var input in inputs.Values)
            if (input.dtype == ScalarType.Float32)
                input.requires_grad = true;
        (Functions[name](inputs) * golden.GetProperty("upstream").ToTensor()).sum().backward();
        foreach (var gradient in gradients.EnumerateObject())
            NnGolden.AssertClose(gradient.Value.ToTensor(), inputs[gradient.Name].grad!, $"{name}, gradient of {gradient.Name}");
    }

    [Theory]
    [InlineData("embedding", null)]
    [InlineData("embedding padded", 1L)]
    public void TheGradientOfALookUpGoesToItsRows(string name, long? padding)
    {
        using var scope = NewDisposeScope();
        var golden = NnGolden.Section("functions").GetProperty(name);
        var inputs = golden.GetProperty("inputs");
        using var embedding = Embedding_from_pretrained(inputs.GetProperty("weight").ToTensor(), freeze: false, padding_idx: padding);
        var result = embedding.call(inputs.GetProperty("x").ToTensor());
        (result * golden.GetProperty("upstream").ToTensor()).sum().backward();
        NnGolden.AssertClose(golden.GetProperty("gradients").GetProperty("weight").ToTensor(), embedding.weight!.grad!, name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EachCallLeavesItsResultAndNothingElse(string name)
    {
        if (name.StartsWith("embedding", StringComparison.Ordinal) || name.Contains("weighted", StringComparison.Ordinal)
            || name.Contains("probabilities", StringComparison.Ordinal)) return; // these make tensors in the call itself
        using var scope = NewDisposeScope();
        var inputs = NnGolden.Section("functions").GetProperty(name).GetProperty("inputs")
            .EnumerateObject().ToDictionary(input => input.Name, input => input.Value.ToTensor());
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (Functions[name](inputs))
            Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void InPlaceFormsWriteIntoTheirArgument()
    {
        using var scope = NewDisposeScope();
        Func<Tensor, bool, Tensor>[] forms = [F.silu, F.gelu, F.relu, (x, inplace) => F.gelu(x, Modules.GELU.Approximate.tanh, inplace)];
        foreach (var form in forms)
        {
            var x = tensor(new[] { -1f, 0f, 2f });
            var expected = form(x, false).data<float>().ToArray();
            Assert.Equal(expected, form(x, true).data<float>().ToArray());
            Assert.Equal(expected, x.data<float>().ToArray());
        }
    }

    [Fact]
    public void ACausalAttentionTakesNoMaskBesideIt()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, 1, 2, 4);
        Assert.Throws<ArgumentException>(() => F.scaled_dot_product_attention(x, x, x, ones(2, 2), is_casual: true));
        Assert.Throws<ArgumentException>(() => F.scaled_dot_product_attention(x, x, x, p: -0.1));
    }

    [Fact]
    public void OneHotTakesInt64()
    {
        using var x = ones(2);
        Assert.Throws<ArgumentException>(() => F.one_hot(x));
    }

    [Fact]
    public void TheLossModuleIsTheFunction()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor(new[,] { { 1f, 2f }, { 3f, 1f } }), tensor(new[] { 1L, 0L }));
        using var loss = CrossEntropyLoss(reduction: Reduction.Sum);
        Assert.Equal(F.cross_entropy(x, y, reduction: Reduction.Sum).item<float>(), loss.call(x, y).item<float>());
        using var ignoring = CrossEntropyLoss(ignore_index: 0);
        Assert.Equal(F.cross_entropy(x, y, ignore_index: 0).item<float>(), ignoring.call(x, y).item<float>());
    }
}
