using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

/// <summary>The model of Golden/make_nn.py: every kind of component, two layers deep.</summary>
internal sealed class Model : Module<Tensor, Tensor>
{
    [ComponentName(Name = "embedding")] public readonly Embedding Table = Embedding(5, 4);
    [ComponentName(Name = "layers")] public readonly ModuleList<Layer> Layers = ModuleList(new Layer(), new Layer());
    [ComponentName(Name = "head")] public readonly Linear Head = Linear(4, 5, hasBias: false);

    public Model() : base(nameof(Model))
    {
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Table.call(input);
        foreach (var layer in Layers)
            x = layer.call(x, 0.5f);
        return Head.call(x).MoveToOuterDisposeScope();
    }
}

internal sealed class Layer : Module<Tensor, Scalar, Tensor>
{
    private readonly LayerNorm norm = LayerNorm(4);
    private readonly Parameter scale = Parameter(ones(4));
    private readonly Linear up = Linear(4, 8, hasBias: false);
    private readonly Linear down = Linear(8, 4);

    public Layer() : base(nameof(Layer))
    {
        RegisterComponents();
    }

    public Parameter Scale => scale;

    public override Tensor forward(Tensor input1, Scalar input2)
    {
        using var scope = NewDisposeScope();
        var inner = functional.silu(up.call(norm.call(input1) * scale));
        return (input1 + down.call(inner) * input2).MoveToOuterDisposeScope();
    }
}

/// <summary>A parameter, a buffer that is saved and one that is not.</summary>
internal sealed class Counter : Module
{
    public Parameter weight = Parameter(tensor(new[] { 1f, 2f }));
    public Tensor count = tensor(new[] { 3L });
    public Tensor scratch = tensor(new[] { 0f });

    public Counter() : base(nameof(Counter))
    {
        register_buffer(nameof(scratch), scratch, persistent: false);
        RegisterComponents();
    }
}
