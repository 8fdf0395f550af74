using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What all optimizers written in C# share: groups, state by parameter, and saving both.</summary>
public abstract class OptimizerHelper : Optimizer
{
    private readonly Dictionary<Tensor, OptimizerState> _state = new(ReferenceEqualityComparer.Instance);

    /// <summary>The options and the state, not copied: a step changes them.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _groups)
        {
            dictionary.Options.Add(group.Options);
            var places = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                places.Add(dictionary.State.Count);
                dictionary.State.Add(_state[parameter]);
            }
            dictionary.StateIndexRef.Add(places);
        }
        return dictionary;
    }

    /// <summary>Copies the options and the state of another optimizer over equal groups of parameters.</summary>
    /// <param name="state_dict">What the other's <see cref="state_dict()"/> answered.</param>
    /// <exception cref="ArgumentException">The number of groups or of parameters differs.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        CheckCount("parameter groups", state_dict.Options.Count, own.Options.Count);
        CheckCount("parameters", state_dict.State.Count, own.State.Count);
        foreach (var (mine, given) in own.Options.Zip(state_dict.Options))
            if (!ReferenceEquals(mine, given)) mine.LoadStateDict(given);
        foreach (var (mine, given) in own.State.Zip(state_dict.State))
            if (!ReferenceEquals(mine, given)) mine.LoadStateDict(given);
    }

    /// <summary>Moves the state to a device, as after moving the parameters.</summary>
    /// <param name="device">Where to.</param>
    public void to(Device device)
    {
        foreach (var state in _state.Values) state.to(device);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var state in _state.Values) (state as IDisposable)?.Dispose();
    }

    private protected TState StateOf<TState>(Parameter parameter) where TState : OptimizerState => (TState)_state[parameter];

    private protected void Add(ParamGroup group, Func<Parameter, OptimizerState> newState)
    {
        var parameters = group.Parameters.ToArray();
        group.Parameters = parameters;
        group.InitialLearningRate = group.LearningRate;
        _groups.Add(group);
        foreach (var parameter in parameters)
        {
            var state = newState(parameter);
            state.Initialize(group.Options);
            _state[parameter] = state;
        }
    }

    private protected Tensor? Step<TGroup>(Action<TGroup> update, Func<Tensor>? closure) where TGroup : ParamGroup
    {
        var loss = Loss(closure);
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _groups) update((TGroup)group);
        return loss;
    }

    private static Tensor? Loss(Func<Tensor>? closure)
    {
        if (closure is null) return null;
        using var grad = enable_grad();
        return closure();
    }

    private static void CheckCount(string what, int found, int needed)
    {
        if (found != needed)
            throw new ArgumentException($"The optimizer state has {found} {what}; this optimizer has {needed}. Build both over the same model.");
    }
}
