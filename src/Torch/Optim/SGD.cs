using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Gradient descent, with momentum where wanted.</summary>
/// <remarks>Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning".</remarks>
public class SGD : OptimizerHelper, IMomentum
{
    private readonly Options _defaults;

    /// <param name="parameters">What to learn.</param>
    /// <param name="lr">How far a step goes.</param>
    /// <param name="momentum">How much of the last direction stays.</param>
    /// <param name="dampening">How much of the new gradient is left out of the direction.</param>
    /// <param name="weight_decay">How much of the weight is added to its gradient.</param>
    /// <param name="nesterov">True to look one step ahead.</param>
    /// <param name="maximize">True to climb instead of descend.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <param name="parameters">What to learn, in groups.</param>
    /// <param name="lr">How far a step goes.</param>
    /// <param name="momentum">How much of the last direction stays.</param>
    /// <param name="dampening">How much of the new gradient is left out of the direction.</param>
    /// <param name="weight_decay">How much of the weight is added to its gradient.</param>
    /// <param name="nesterov">True to look one step ahead.</param>
    /// <param name="maximize">True to climb instead of descend.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        if (lr < 0) throw new ArgumentException($"lr is {lr}; it must be 0 or more.", nameof(lr));
        if (momentum < 0) throw new ArgumentException($"momentum is {momentum}; it must be 0 or more.", nameof(momentum));
        if (weight_decay < 0) throw new ArgumentException($"weight_decay is {weight_decay}; it must be 0 or more.", nameof(weight_decay));
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException($"nesterov needs a momentum above 0 and no dampening; they are {momentum} and {dampening}.", nameof(nesterov));
        _defaults = new Options
        {
            LearningRate = lr, InitialLearningRate = lr, momentum = momentum, dampening = dampening,
            weight_decay = weight_decay, nesterov = nesterov, maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>How much of the last direction stays, for groups to come.</summary>
    public double Momentum { get => _defaults.momentum!.Value; set => _defaults.momentum = value; }

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
        if (options.weight_decay is { } decay and not 0) gradient = gradient.add(parameter, alpha: decay);
        if (options.momentum is not 0) gradient = Direction(gradient, state, options);
        var lr = options.LearningRate!.Value;
        parameter.add_(gradient, alpha: options.maximize!.Value ? lr : -lr);
    }

    private static Tensor Direction(Tensor gradient, State state, Options options)
    {
        var momentum = options.momentum!.Value;
        if (state.momentum_buffer is { } buffer) buffer.mul_(momentum).add_(gradient, alpha: 1 - options.dampening!.Value);
        else state.momentum_buffer = gradient.clone().DetachFromDisposeScope();
        return options.nesterov!.Value ? gradient.add(state.momentum_buffer, alpha: momentum) : state.momentum_buffer;
    }

    /// <summary>The settings of a group; what is null becomes the optimizer's.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>How much of the last direction stays.</summary>
        public double? momentum;

        /// <summary>How much of the new gradient is left out of the direction.</summary>
        public double? dampening;

        /// <summary>How much of the weight is added to its gradient.</summary>
        public double? weight_decay;

        /// <summary>True to look one step ahead.</summary>
        public bool? nesterov;

        /// <summary>True to climb instead of descend.</summary>
        public bool? maximize;

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay, nesterov, maximize) =
                (other.momentum, other.dampening, other.weight_decay, other.nesterov, other.maximize);
        }

        internal void Complete(Options defaults)
        {
            LearningRate ??= defaults.LearningRate;
            momentum ??= defaults.momentum;
            dampening ??= defaults.dampening;
            weight_decay ??= defaults.weight_decay;
            nesterov ??= defaults.nesterov;
            maximize ??= defaults.maximize;
        }
    }

    /// <summary>Parameters that share settings.</summary>
    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        /// <summary>An empty group.</summary>
        public ParamGroup() { }

        /// <param name="parameters">The parameters.</param>
        /// <param name="options">Their settings.</param>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">How far a step goes.</param>
        /// <param name="momentum">How much of the last direction stays.</param>
        /// <param name="dampening">How much of the new gradient is left out of the direction.</param>
        /// <param name="weight_decay">How much of the weight is added to its gradient.</param>
        /// <param name="nesterov">True to look one step ahead.</param>
        /// <param name="maximize">True to climb instead of descend.</param>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr, momentum = momentum, dampening = dampening,
                weight_decay = weight_decay, nesterov = nesterov, maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
    }

    /// <summary>What is remembered of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>The direction; null before the first step, or without momentum.</summary>
        public Tensor? momentum_buffer;

        /// <param name="parameter">The parameter.</param>
        public State(Parameter parameter) : base(parameter) { }

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            momentum_buffer = null;
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source)
        {
            Dispose();
            momentum_buffer = ((State)source).momentum_buffer?.to(_parameter.device, copy: true).DetachFromDisposeScope();
        }

        /// <inheritdoc/>
        public override void to(Device device)
        {
            using var before = momentum_buffer;
            momentum_buffer = before?.to(device, copy: true).DetachFromDisposeScope();
        }

        /// <summary>Frees the direction.</summary>
        public void Dispose() => momentum_buffer?.Dispose();
    }
}
