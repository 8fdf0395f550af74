using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Modules, their functional forms, and how their weights begin.</summary>
    public static partial class nn
    {
        /// <summary>A tree of parameters, buffers and submodules with names; the base of every layer and model.</summary>
        /// <remarks>
        /// Fields that hold modules, parameters or tensors become components when the constructor calls
        /// <see cref="RegisterComponents"/>; a field's name, or its <see cref="Utils.ComponentNameAttribute"/>, is the component's name.
        /// </remarks>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Parameter> _ownParameters = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _ownBuffers = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, Module> _submodules = new(StringComparer.Ordinal);
            private bool _training = true;
            private bool _disposed;

            /// <summary>The module's name, for people to read.</summary>
            protected string? name;

            /// <param name="name">What <see cref="GetName"/> answers.</param>
            protected Module(string name)
            {
                this.name = name;
            }

            /// <summary>True in training, false in evaluation; layers such as dropout behave differently.</summary>
            public virtual bool training => _training;

            /// <summary>The name given to the constructor, else the type's.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>Switches this module and all below it to training, or back to evaluation.</summary>
            /// <param name="train">True for training.</param>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var child in children()) child.train(train);
            }

            /// <summary>Switches this module and all below it to evaluation.</summary>
            public virtual void eval() => train(false);

            /// <summary>Runs a function on every module below this one, children first, then on this one.</summary>
            /// <param name="fn">What to run.</param>
            /// <returns>This module.</returns>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children()) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Forgets the gradients of all parameters, or fills them with zeros.</summary>
            /// <param name="set_to_none">True to free the gradients, false to keep their memory and fill it with zeros.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.zero_();
                }
            }

            /// <summary>Frees the parameters and buffers of this module and of all below it.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the tensors of this module and of all below it, whichever scope they were made in.</summary>
            /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                _disposed = true;
                foreach (var (_, buffer) in named_buffers(recurse: false)) buffer.DetachFromDisposeScope().Dispose();
                foreach (var (_, parameter) in named_parameters(recurse: false)) parameter.DetachFromDisposeScope().Dispose();
                foreach (var child in _submodules.Values) child.Dispose();
            }
        }
    }
}
