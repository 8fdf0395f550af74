namespace TorchSharp.Modules;

/// <summary>A module that holds no tensors, so that moving it is nothing to do.</summary>
/// <typeparam name="T1">The argument of forward.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>
{
    /// <param name="name">What <see cref="torch.nn.Module.GetName"/> answers.</param>
    protected ParameterLessModule(string name) : base(name) { }

    /// <summary>Always refuses: the module is declared to hold no tensors.</summary>
    /// <param name="name">The buffer's name.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="persistent">Whether it were part of the state_dict.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw Refusal("buffer", name);

    /// <summary>Always refuses: the module is declared to hold no tensors.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="param">The parameter.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter param) => throw Refusal("parameter", name);

    private InvalidOperationException Refusal(string kind, string component) =>
        new($"{GetName()} is declared to hold no tensors, so {kind} '{component}' cannot be registered. Derive from nn.Module instead.");
}
