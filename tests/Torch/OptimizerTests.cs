using System.Globalization;
using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public sealed class OptimizerTests
{
    private static readonly Dictionary<string, Func<Parameter[], OptimizerHelper>> Optimizers = new(StringComparer.Ordinal)
    {
        ["AdamW"] = p => optim.AdamW(p),
        ["AdamW decay"] = p => optim.AdamW(p, lr: 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.1),
        ["AdamW amsgrad"] = p => optim.AdamW(p, lr: 0.1, amsgrad: true),
        ["AdamW maximize"] = p => optim.AdamW(p, lr: 0.01, maximize: true),
        ["AdamW groups"] = p => optim.AdamW(
            new[]
            {
                new AdamW.ParamGroup([p[0]], new AdamW.Options { weight_decay = 0.1 }),
                new AdamW.ParamGroup([p[1]], new AdamW.Options { LearningRate = 0.1 }),
            },
            lr: 0.02),
        ["SGD"] = p => optim.SGD(p, 0.1),
        ["SGD momentum"] = p => optim.SGD(p, 0.1, momentum: 0.9, dampening: 0.1),
        ["SGD nesterov decay"] = p => optim.SGD(p, 0.05, momentum: 0.8, weight_decay: 0.1, nesterov: true),
        ["SGD maximize"] = p => optim.SGD(p, 0.01, maximize: true),
    };

    private static readonly JsonElement Golden = NnGolden.Section("optimizers");

    public static TheoryData<string> Cases => [.. Golden.GetProperty("steps").EnumerateObject().Select(run => run.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TwentyStepsArePyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        using var optimizer = Optimizers[name](descent.Parameters);
        var expected = Golden.GetProperty("steps").GetProperty(name).EnumerateArray().ToArray();
        for (var step = 0; step < expected.Length; step++)
        {
            optimizer.zero_grad();
            descent.Backward();
            optimizer.step();
            for (var i = 0; i < descent.Parameters.Length; i++)
                NnGolden.AssertClose(expected[step][i].ToTensor(), descent.Parameters[i], $"{name}, step {step + 1}, parameter {i}");
        }
    }

    [Theory]
    [InlineData("AdamW amsgrad")]
    [InlineData("SGD momentum")]
    public void ALoadedStateGoesOnWhereTheOtherStood(string name)
    {
        using var scope = NewDisposeScope();
        using var first = new Descent();
        using var optimizer = Optimizers[name](first.Parameters);
        Run(optimizer, first, 3);

        using var second = new Descent(first.Parameters);
        using var successor = Optimizers[name](second.Parameters);
        successor.load_state_dict(optimizer.state_dict());
        Run(optimizer, first, 2);
        Run(successor, second, 2);
        for (var i = 0; i < 2; i++)
            Assert.Equal(first.Parameters[i].data<float>().ToArray(), second.Parameters[i].data<float>().ToArray());
    }

    [Fact]
    public void TheStateCanBeReadAndCountsSteps()
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        using var optimizer = optim.AdamW(descent.Parameters, lr: 0.1);
        Run(optimizer, descent, 3);
        var state = optimizer.state_dict();
        Assert.Equal([[0, 1]], state.StateIndexRef);
        Assert.Equal(0.1, state.Options.Single().LearningRate);
        Assert.Equal(3, ((AdamW.State)state.State[0]).step);
        Assert.Equal([3, 2], ((AdamW.State)state.State[0]).exp_avg.shape);
    }

    [Fact]
    public void AStateOfAnotherShapeOfGroupsIsRefused()
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        using var both = optim.AdamW(descent.Parameters);
        using var one = optim.AdamW(descent.Parameters.Take(1));
        Assert.Throws<ArgumentException>(() => one.load_state_dict(both.state_dict()));
    }

    [Fact]
    public void TheLearningRateCanBeChangedBetweenSteps()
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        using var optimizer = optim.SGD(descent.Parameters, 0.1);
        var before = descent.Parameters[0].detach().clone();
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = 0;
        Run(optimizer, descent, 1);
        Assert.Equal(before.data<float>().ToArray(), descent.Parameters[0].data<float>().ToArray());
        Assert.Equal(0.1, optimizer.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void AScheduleMultipliesTheInitialRate()
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        using var optimizer = optim.AdamW(descent.Parameters, lr: 0.5);
        // Halving each epoch: 0.5 x 1, 0.5 x 1/2, 0.5 x 1/4.
        var schedule = optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Pow(0.5, epoch));
        Assert.Equal([0.5], schedule.get_last_lr());
        schedule.step();
        schedule.step();
        Assert.Equal(0.125, optimizer.ParamGroups.Single().LearningRate);
        Assert.Equal([0.125], schedule.get_last_lr());
    }

    [Fact]
    public void AClosureIsRunWithGradientsAndItsLossAnswered()
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        using var optimizer = optim.SGD(descent.Parameters, 0.1);
        using var off = no_grad();
        var loss = optimizer.step(descent.Backward);
        Assert.True(loss!.item<float>() > descent.Loss().item<float>());
    }

    [Fact]
    public void ParametersWithoutGradientsStay()
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        using var optimizer = optim.AdamW(descent.Parameters, lr: 0.1, weight_decay: 0.5);
        var before = descent.Parameters[0].detach().clone();
        optimizer.step();
        Assert.Equal(before.data<float>().ToArray(), descent.Parameters[0].data<float>().ToArray());
    }

    [Fact]
    public void DefaultsAreTheDocumentedOnes()
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        using var optimizer = optim.AdamW(descent.Parameters);
        var options = (AdamW.Options)optimizer.state_dict().Options.Single();
        Assert.Equal((1e-3, 0.9, 0.999, 1e-8, 0.0), (options.LearningRate, options.beta1, options.beta2, options.eps, options.weight_decay));
        Assert.Equal((false, false), (options.amsgrad, options.maximize));
        Assert.Equal((0.9, 0.999), optimizer.Betas);
    }

    [Fact]
    public void NumbersOutOfRangeAreRefused()
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        Assert.Throws<ArgumentException>(() => optim.AdamW(descent.Parameters, lr: -1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(descent.Parameters, beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(descent.Parameters, weight_decay: -0.1));
        Assert.Throws<ArgumentException>(() => optim.SGD(descent.Parameters, -0.1));
        Assert.Throws<ArgumentException>(() => optim.SGD(descent.Parameters, 0.1, nesterov: true));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void DisposingFreesTheStateAndStepsLeakNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var descent = new Descent();
        descent.Backward();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var optimizer = Optimizers[name](descent.Parameters))
        {
            optimizer.step();
            var between = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (var step = 0; step < 5; step++)
            {
                optimizer.zero_grad();
                optimizer.step();
            }
            Assert.Equal(between, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    public static TheoryData<int> Clippings => [.. Enumerable.Range(0, NnGolden.Section("clipping").GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Clippings))]
    public void ClippedGradientsArePyTorchs(int index)
    {
        using var scope = NewDisposeScope();
        var golden = NnGolden.Section("clipping");
        var expected = golden.GetProperty("cases")[index];
        var parameters = golden.GetProperty("gradients").EnumerateArray().Select(WithGradient).ToArray();
        var type = expected.GetProperty("type").GetString() switch { "inf" => double.PositiveInfinity, var p => double.Parse(p!, CultureInfo.InvariantCulture) };
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var norm = torch.nn.utils.clip_grad_norm_(parameters, expected.GetProperty("bound").GetDouble(), type);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(expected.GetProperty("norm").GetDouble(), norm, 1e-5);
        for (var i = 0; i < parameters.Length; i++)
            NnGolden.AssertClose(expected.GetProperty("gradients")[i].ToTensor(), parameters[i].grad!, $"gradient {i}");
    }

    private static Parameter WithGradient(JsonElement written)
    {
        var gradient = written.ToTensor();
        return new Parameter(gradient.zeros_like()) { grad = gradient };
    }

    private static void Run(optim.Optimizer optimizer, Descent descent, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            descent.Backward();
            optimizer.step();
        }
    }

    /// <summary>The squared error of one linear map, as in Golden/make_nn.py.</summary>
    private sealed class Descent : IDisposable
    {
        private readonly Tensor _data = Golden.GetProperty("data").ToTensor();
        private readonly Tensor _wanted = Golden.GetProperty("wanted").ToTensor();

        public Descent() : this(Golden.GetProperty("start").EnumerateArray().Select(start => start.ToTensor()))
        {
        }

        public Descent(IEnumerable<Tensor> start)
        {
            Parameters = [.. start.Select(value => new Parameter(value.detach().clone()))];
        }

        public Parameter[] Parameters { get; }

        public Tensor Loss() => functional.mse_loss(functional.linear(_data, Parameters[0], Parameters[1]), _wanted);

        public Tensor Backward()
        {
            var loss = Loss();
            loss.backward();
            return loss;
        }

        public void Dispose()
        {
            foreach (var parameter in Parameters)
                parameter.Dispose();
            _data.Dispose();
            _wanted.Dispose();
        }
    }
}
