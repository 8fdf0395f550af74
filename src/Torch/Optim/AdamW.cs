using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Adam whose weight decay shrinks the weights themselves, apart from the gradient.</summary>
/// <remarks>Loshchilov and Hutter 2017, arXiv:1711.05101; the maximum of Reddi et al. 2018, arXiv:1904.09237.</remarks>
public partial class AdamW : OptimizerHelper, IBetas
{
    private readonly Options _defaults;

    /// <param name="parameters">What to learn.</param>
    /// <param name="lr">How far a step goes.</param>
    /// <param name="beta1">How much of the gradient's average stays with each step.</param>
    /// <param name="beta2">How much of the squared gradient's average stays.</param>
    /// <param name="eps">What is added to the root of that average.</param>
    /// <param name="weight_decay">By what share, times lr, each weight shrinks.</param>
    /// <param name="amsgrad">True to divide by the largest average so far.</param>
    /// <param name="maximize">True to climb instead of descend.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <param name="parameters">What to learn, in groups.</param>
    /// <param name="lr">How far a step goes.</param>
    /// <param name="beta1">How much of the gradient's average stays with each step.</param>
    /// <param name="beta2">How much of the squared gradient's average stays.</param>
    /// <param name="eps">What is added to the root of that average.</param>
    /// <param name="weight_decay">By what share, times lr, each weight shrinks.</param>
    /// <param name="amsgrad">True to divide by the largest average so far.</param>
    /// <param name="maximize">True to climb instead of descend.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        Check(lr >= 0, nameof(lr), lr, "0 or more");
        Check(eps >= 0, nameof(eps), eps, "0 or more");
        Check(beta1 is >= 0 and < 1, nameof(beta1), beta1, "at least 0 and below 1");
        Check(beta2 is >= 0 and < 1, nameof(beta2), beta2, "at least 0 and below 1");
        Check(weight_decay >= 0, nameof(weight_decay), weight_decay, "0 or more");
        _defaults = new Options
        {
            LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps,
            weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>How much of each average stays with each step, for groups to come.</summary>
    public (double, double) Betas
    {
        get => (_defaults.beta1!.Value, _defaults.beta2!.Value);
        set => (_defaults.beta1, _defaults.beta2) = value;
    }

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var options = (Options?)param_group.Options ?? new Options();
        options.Complete(_defaults);
        param_group.Options = options;
        Add(param_group, parameter => new State(parameter));
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<Modules.ParamGroup>(
        group =>
        {
            var options = (Options)group.Options;
            foreach (var parameter in group.Parameters)
                if (parameter.grad is { } gradient)
                    Update(parameter, gradient, StateOf<State>(parameter), options);
        },
        closure);

    private static void Update(Parameter parameter, Tensor gradient, State state, Options options)
    {
        var (lr, beta1, beta2) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value);
        if (options.maximize!.Value) gradient = -gradient;
        state.step++;
        parameter.mul_(1 - lr * options.weight_decay!.Value);
        state.exp_avg.mul_(beta1).add_(gradient, alpha: 1 - beta1);
        state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);

        var (correction1, correction2) = (1 - Math.Pow(beta1, state.step), 1 - Math.Pow(beta2, state.step));
        var spread = (Spread(state, options.amsgrad!.Value).sqrt() / Math.Sqrt(correction2)).add_(options.eps!.Value);
        parameter.addcdiv_(state.exp_avg, spread, value: -lr / correction1);
    }

    private static Tensor Spread(State state, bool amsgrad)
    {
        if (!amsgrad) return state.exp_avg_sq;
        var before = state.max_exp_avg_sq!;
        state.max_exp_avg_sq = before.maximum(state.exp_avg_sq).DetachFromDisposeScope();
        before.Dispose();
        return state.max_exp_avg_sq;
    }

    private static void Check(bool holds, string name, double value, string needed)
    {
        if (!holds) throw new ArgumentException($"{name} is {value}; it must be {needed}.", name);
    }

    /// <summary>The settings of a group; what is null becomes the optimizer's.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>How much of the gradient's average stays with each step.</summary>
        public double? beta1;

        /// <summary>How much of the squared gradient's average stays.</summary>
        public double? beta2;

        /// <summary>By what share, times the learning rate, each weight shrinks.</summary>
        public double? weight_decay;

        /// <summary>What is added to the root of the squared gradient's average.</summary>
        public double? eps;

        /// <summary>True to divide by the largest average so far.</summary>
        public bool? amsgrad;

        /// <summary>True to climb instead of descend.</summary>
        public bool? maximize;

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, weight_decay, eps, amsgrad, maximize) =
                (other.beta1, other.beta2, other.weight_decay, other.eps, other.amsgrad, other.maximize);
        }

        internal void Complete(Options defaults)
        {
            LearningRate ??= defaults.LearningRate;
            beta1 ??= defaults.beta1;
            beta2 ??= defaults.beta2;
            weight_decay ??= defaults.weight_decay;
            eps ??= defaults.eps;
            amsgrad ??= defaults.amsgrad;
            maximize ??= defaults.maximize;
        }
    }

    /// <summary>Parameters that share settings.</summary>
    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        /// <summary>An empty group.</summary>
        public ParamGroup() { }

        /// <param name="parameters">The parameters.</param>
        /// <param name="options">Their settings.</param>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">How far a step goes.</param>
        /// <param name="beta1">How much of the gradient's average stays with each step.</param>
        /// <param name="beta2">How much of the squared gradient's average stays.</param>
        /// <param name="eps">What is added to the root of that average.</param>
        /// <param name="weight_decay">By what share, times lr, each weight shrinks.</param>
        /// <param name="amsgrad">True to divide by the largest average so far.</param>
        /// <param name="maximize">True to climb instead of descend.</param>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps,
                weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }

    /// <summary>What is remembered of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>How many steps there were.</summary>
        public long step;

        /// <summary>The gradient's average.</summary>
        public Tensor exp_avg = null!;

        /// <summary>The squared gradient's average.</summary>
        public Tensor exp_avg_sq = null!;

        /// <summary>The largest of those so far; null without amsgrad.</summary>
        public Tensor? max_exp_avg_sq;

        /// <param name="parameter">The parameter.</param>
        public State(Parameter parameter) : base(parameter) { }

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
            max_exp_avg_sq = ((Options)options).amsgrad == true ? Zeros() : null;
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            Dispose();
            step = other.step;
            exp_avg = Copy(other.exp_avg);
            exp_avg_sq = Copy(other.exp_avg_sq);
            max_exp_avg_sq = other.max_exp_avg_sq is { } max ? Copy(max) : null;
        }

        /// <inheritdoc/>
        public override void to(Device device)
        {
            exp_avg = Moved(exp_avg, device);
            exp_avg_sq = Moved(exp_avg_sq, device);
            if (max_exp_avg_sq is { } max) max_exp_avg_sq = Moved(max, device);
        }

        /// <summary>Frees the averages.</summary>
        public void Dispose()
        {
            exp_avg?.Dispose();
            exp_avg_sq?.Dispose();
            max_exp_avg_sq?.Dispose();
        }

        private Tensor Zeros() => _parameter.zeros_like().DetachFromDisposeScope();

        private Tensor Copy(Tensor tensor) => tensor.to(_parameter.device, copy: true).DetachFromDisposeScope();

        private static Tensor Moved(Tensor tensor, Device device)
        {
            using (tensor) return tensor.to(device, copy: true).DetachFromDisposeScope();
        }
    }
}
