using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public sealed class ModuleTests
{
    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void StateDictHasTheNamesAndTheOrderOfPyTorch()
    {
        using var model = new Model();
        var expected = NnGolden.Section("names").GetProperty("state_dict").EnumerateArray().Select(name => name.GetString());
        // PyTorch lists a module's own parameters before those of its children, and so does this.
        Assert.Equal(expected, model.state_dict().Keys);
    }

    [Fact]
    public void ParametersAreNamedByPathInTheOrderOfFields()
    {
        using var layer = new Layer();
        string[] expected = ["scale", "norm.weight", "norm.bias", "up.weight", "down.weight", "down.bias"];
        Assert.Equal(expected.Order(), layer.named_parameters().Select(named => named.name).Order());
        Assert.Equal(["scale"], layer.named_parameters(recurse: false).Select(named => named.name));
        Assert.Equal(6, layer.parameters().Count());
    }

    [Fact]
    public void ModulesAreListedLevelByLevel()
    {
        using var model = new Model();
        Assert.Equal(["embedding", "layers", "head"], model.named_children().Select(named => named.name));
        string[] expected = [
            "embedding", "layers", "head", "layers.0", "layers.1",
            "layers.0.norm", "layers.0.up", "layers.0.down", "layers.1.norm", "layers.1.up", "layers.1.down"];
        Assert.Equal(expected, model.named_modules().Select(named => named.name));
        Assert.Equal(expected.Length, model.modules().Count());
    }

    [Fact]
    public void OnlyPersistentBuffersAreListed()
    {
        using var counter = new Counter();
        Assert.Equal(["weight", "count"], counter.state_dict().Keys);
        Assert.Equal(["count"], counter.named_buffers().Select(named => named.name));
        Assert.Single(counter.buffers());
        counter.scratch.Dispose();
    }

    [Fact]
    public void ATiedParameterIsListedOnceAndSavedUnderBothNames()
    {
        using var first = Linear(2, 2, hasBias: false);
        using var second = Linear(first.weight);
        using var tied = new Holder();
        tied.register_module("first", first);
        tied.register_module("second", second);
        Assert.Single(tied.parameters());
        Assert.Equal(["first.weight", "second.weight"], tied.state_dict().Keys);
        Assert.Same(first.weight, tied.state_dict()["second.weight"]);
    }

    [Fact]
    public void LoadStateDictCopiesValuesAndConvertsThem()
    {
        using var scope = NewDisposeScope();
        using var counter = new Counter();
        var source = new Dictionary<string, Tensor>
        {
            ["weight"] = tensor(new[] { 5.0, 6.0 }),
            ["count"] = tensor(new[] { 7L }),
        };
        var (missing, unexpected) = counter.load_state_dict(source);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal([5f, 6f], counter.weight.data<float>().ToArray());
        Assert.Equal(7, counter.count.item<long>());
        Assert.True(counter.weight.requires_grad);
        counter.scratch.Dispose();
    }

    [Fact]
    public void AStrictLoadRefusesOtherNamesAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(Parameter(ones(1, 1)));
        var source = new Dictionary<string, Tensor> { ["wieght"] = zeros(1, 1) };
        var error = Assert.Throws<InvalidOperationException>(() => linear.load_state_dict(source));
        // The binding goes on after TorchSharp's own sentence, with what is missing and what to do.
        Assert.StartsWith("The loaded state_dict is not identical to the target dictionary.", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, linear.weight.item<float>());
    }

    [Fact]
    public void ALooseLoadAnswersWhatDidNotFit()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 3);
        var source = new Dictionary<string, Tensor> { ["weight"] = zeros(3, 2), ["extra"] = zeros(1) };
        var (missing, unexpected) = linear.load_state_dict(source, strict: false);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["extra"], unexpected);
        Assert.Equal(0, linear.weight.abs().sum().item<float>());
    }

    [Fact]
    public void SkippedNamesAreNeitherCheckedNorLoaded()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(Parameter(ones(1, 1)));
        var source = new Dictionary<string, Tensor> { ["weight"] = zeros(1, 1), ["extra"] = zeros(1) };
        linear.load_state_dict(source, skip: ["weight", "extra"]);
        Assert.Equal(1, linear.weight.item<float>());
    }

    [Fact]
    public void ConvertingReplacesTheFieldsAndKeepsIntegers()
    {
        using var counter = new Counter();
        var before = counter.weight;
        var answer = counter.to(ScalarType.BFloat16);
        Assert.Same(counter, answer);
        Assert.NotSame(before, counter.weight);
        Assert.True(before.IsInvalid);
        Assert.Equal(ScalarType.BFloat16, counter.weight.dtype);
        Assert.True(counter.weight.requires_grad);
        Assert.Equal(ScalarType.Int64, counter.count.dtype);
        Assert.Same(counter.weight, counter.parameters().Single());
        counter.scratch.Dispose();
    }

    [Fact]
    public void ConvertingReachesEveryParameterBelow()
    {
        using var model = new Model().to(ScalarType.Float64);
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.Equal(ScalarType.Float64, model.Layers[1].Scale.dtype);
        Assert.Equal(ScalarType.Float32, model.@float().Head.weight.dtype);
    }

    [Fact]
    public void ConvertingTakesTheGradientAlong()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 1, hasBias: false);
        linear.call(ones(3, 2)).sum().backward();
        linear.to(ScalarType.Float64);
        Assert.Equal([3.0, 3.0], linear.weight.grad!.data<double>().ToArray());
    }

    [Fact]
    public void MovingToWhereItIsKeepsTheObjects()
    {
        using var linear = Linear(2, 1);
        var weight = linear.weight;
        Assert.Same(weight, linear.to(CPU).to(DeviceType.CPU).to("cpu").cpu().weight);
        Assert.Same(weight, linear.to(ScalarType.Float32).weight);
    }

    [Fact]
    public void ConvertingToAnIntegerTypeIsRefused()
    {
        using var linear = Linear(2, 1);
        var error = Assert.Throws<ArgumentException>(() => linear.to(ScalarType.Int32));
        Assert.StartsWith("nn.Module.to only accepts floating point or complex types, but got desired dtype=Int32", error.Message);
    }

    [Fact]
    public void DisposingAModelFreesAllItHolds()
    {
        var before = Live;
        using (var model = new Model())
        {
            using var logits = model.call(tensor(new[] { 1L, 2L }));
            Assert.Equal([2, 5], logits.shape);
        }
        Assert.InRange(Live, before, before + 1); // the index tensor is not the model's
    }

    [Fact]
    public void ParametersOutliveTheScopeTheyWereMadeIn()
    {
        Linear linear;
        using (NewDisposeScope())
            linear = Linear(2, 3);
        Assert.False(linear.weight.IsInvalid);
        linear.Dispose();
        Assert.True(linear.weight.IsInvalid);
    }

    [Fact]
    public void DisposingTwiceIsHarmless()
    {
        var model = new Model();
        model.Dispose();
        model.Dispose();
        Assert.Empty(model.parameters());
    }

    [Fact]
    public void AForwardLeavesOneTensorBehind()
    {
        using var model = new Model();
        using var tokens = tensor(new[] { 1L, 2L });
        var before = Live;
        using var logits = model.call(tokens);
        Assert.Equal(before + 1, Live);
    }

    [Fact]
    public void MakingAParameterEmptiesItsTensor()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.True(scope.Contains(parameter));
        Assert.False(Parameter(ones(1), requires_grad: false).requires_grad);
    }

    [Fact]
    public void TrainAndEvalReachEveryModuleBelow()
    {
        using var model = new Model();
        Assert.True(model.training);
        model.eval();
        Assert.All(model.modules().Prepend(model), module => Assert.False(module.training));
        model.train();
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void ApplyVisitsChildrenFirst()
    {
        using var layer = new Layer();
        var visited = new List<string>();
        layer.apply(module => visited.Add(module.GetName()));
        Assert.Equal(["LayerNorm", "Linear", "Linear", "Layer"], visited);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ZeroGradForgetsOrZeroesGradients(bool forget)
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 1);
        linear.call(ones(3, 2)).sum().backward();
        linear.zero_grad(set_to_none: forget);
        if (forget) Assert.Null(linear.weight.grad);
        else Assert.Equal(0, linear.weight.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void NamesMustBeFreeAndWithoutDots()
    {
        using var holder = new Holder();
        using var inner = Linear(1, 1);
        holder.register_module("inner", inner);
        Assert.Throws<InvalidOperationException>(() => holder.register_module("inner", inner));
        Assert.Throws<ArgumentException>(() => holder.register_module("a.b", inner));
        Assert.Throws<ArgumentException>(() => holder.register_module("", inner));
        holder.register_parameter("weight", Parameter(ones(1)));
        using var other = Parameter(ones(1));
        Assert.Throws<InvalidOperationException>(() => holder.register_parameter("weight", other));
        Assert.Throws<ArgumentNullException>(() => holder.register_parameter("nothing", null!));
        Assert.Throws<ArgumentNullException>(() => holder.register_buffer("nothing", null!));
    }

    [Fact]
    public void AModuleListRegistersWhatItHeldWhenItWasRegistered()
    {
        using var holder = new Holder();
        var list = ModuleList(Linear(1, 1), Linear(1, 1));
        Assert.Empty(list.parameters());
        holder.register_module("list", list);
        Assert.Equal(2, list.Count);
        Assert.Equal(["list.0.weight", "list.0.bias", "list.1.weight", "list.1.bias"], holder.state_dict().Keys);
        using var late = Linear(1, 1);
        list.append(late);
        Assert.Equal(3, list.Count);
        Assert.Equal(4, holder.parameters().Count());
    }

    [Fact]
    public void ASequenceFeedsEachModuleWithTheResultBefore()
    {
        using var scope = NewDisposeScope();
        using var sequence = Sequential(("double", Linear(Parameter(full(1, 1, 2f)))), ("rectify", GELU()), ("triple", Linear(Parameter(full(1, 1, 3f)))));
        // gelu(2 x 5) is 10 to within 1e-20, so that the result is 30.
        Assert.Equal(30f, sequence.call(full(1, 1, 5f)).item<float>(), 1e-4f);
        Assert.Equal(["double.weight", "triple.weight"], sequence.state_dict().Keys);
        Assert.Equal(3, sequence.Count);
    }

    [Fact]
    public void DropoutActsInTrainingOnly()
    {
        using var scope = NewDisposeScope();
        using var dropout = Dropout(0.25);
        var x = ones(1000);
        var kept = dropout.call(x).data<float>().ToArray();
        // Each number is 0 or 1 / 0.75; 250 zeros are expected, and 6 standard deviations are 82.
        Assert.All(kept, value => Assert.True(value == 0 || Math.Abs(value - 4f / 3) < 1e-6));
        Assert.InRange(kept.Count(value => value == 0), 168, 332);
        dropout.eval();
        Assert.Equal(x.data<float>().ToArray(), dropout.call(x).data<float>().ToArray());
    }

    [Fact]
    public void APretrainedEmbeddingSharesTheTableAndIsFrozen()
    {
        using var scope = NewDisposeScope();
        var table = arange(6, ScalarType.Float32).reshape(3, 2);
        using var embedding = Embedding_from_pretrained(table);
        Assert.False(embedding.weight!.requires_grad);
        Assert.Equal([4f, 5f], embedding.call(tensor(new[] { 2L })).data<float>().ToArray());
        table.zero_();
        Assert.Equal([0f, 0f], embedding.call(tensor(new[] { 2L })).data<float>().ToArray());
    }

    private sealed class Holder() : Module(nameof(Holder));
}
