using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Model;

/// <summary>Computes as stored, and notes what every projection is given.</summary>
internal sealed class CalibratingArithmetic : IArithmetic
{
    private readonly Dictionary<string, InputStatistics> _inputs = new(StringComparer.Ordinal);

    /// <summary>The inputs of each projection, by the name of its weight.</summary>
    public IReadOnlyDictionary<string, InputStatistics> Inputs => _inputs;

    /// <inheritdoc/>
    public nn.Module<Tensor, Tensor> Projection(string name, Parameter weight, Parameter? bias)
    {
        var statistics = new InputStatistics(weight.shape[1]);
        _inputs[name + ".weight"] = statistics;
        return new Observed(nn.Linear(weight, bias!), statistics);
    }

    private sealed class Observed : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "projection")]
        private readonly nn.Module<Tensor, Tensor> _projection;
        private readonly InputStatistics _statistics;

        public Observed(nn.Module<Tensor, Tensor> projection, InputStatistics statistics) : base(nameof(Observed))
        {
            (_projection, _statistics) = (projection, statistics);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            _statistics.Add(x);
            return _projection.call(x);
        }
    }
}
