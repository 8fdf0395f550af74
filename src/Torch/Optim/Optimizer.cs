using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How parameters follow their gradients.</summary>
    public static partial class optim
    {
        /// <summary>Changes parameters, step by step, by their gradients.</summary>
        public abstract partial class Optimizer : IDisposable
        {
            private protected readonly List<ParamGroup> _groups = [];

            private protected Optimizer() { }

            /// <summary>The groups of parameters, each with its learning rate.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _groups;

            /// <summary>All parameters of all groups.</summary>
            public virtual IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

            /// <summary>Adds parameters with options of their own; an option that is not set is the optimizer's.</summary>
            /// <param name="param_group">The parameters and their options.</param>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Fills all gradients with zeros.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            /// <summary>Changes each parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients first; null when they are there already.</param>
            /// <returns>What the closure answered, or null.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>Frees the state that is kept for each parameter; the parameters stay.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the state that is kept for each parameter.</summary>
            /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
            protected abstract void Dispose(bool disposing);

            /// <summary>An optimizer's options, group by group, and its state, parameter by parameter.</summary>
            public class StateDictionary
            {
                internal StateDictionary() { }

                /// <summary>The options of each group.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>The state of each parameter, in the order of <see cref="parameters"/>.</summary>
                public List<OptimizerState> State { get; } = [];

                /// <summary>For each group, the places of its parameters in <see cref="State"/>.</summary>
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }

        /// <summary>What a schedule may change.</summary>
        public interface ILearningRateController
        {
            /// <summary>How far a step goes now.</summary>
            double LearningRate { get; set; }

            /// <summary>How far it went at first.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>What has a momentum.</summary>
        public interface IMomentum
        {
            /// <summary>How much of the last direction stays.</summary>
            double Momentum { get; set; }
        }

        /// <summary>What keeps moving averages of the gradient and of its square.</summary>
        public interface IBetas
        {
            /// <summary>How much of each average stays with each step.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
