using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules one after the other, each fed with the result of the one before. It owns them.</summary>
        public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            private readonly List<torch.nn.IModule<torch.Tensor, torch.Tensor>> _steps = [];

            internal Sequential() : base(nameof(Sequential)) { }

            /// <summary>How many modules there are.</summary>
            public int Count => _steps.Count;

            /// <param name="index">The module's number.</param>
            [IndexerName("SequentialItems")]
            public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _steps[index];

            /// <summary>Adds a module at the end, named by its number.</summary>
            /// <param name="module">The module.</param>
            /// <returns>This one.</returns>
            public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => append($"{_steps.Count}", module);

            /// <summary>Adds a module at the end.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="module">The module.</param>
            /// <returns>This one.</returns>
            public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
            {
                register_module(name, (torch.nn.Module)module);
                _steps.Add(module);
                return this;
            }

            /// <param name="tensor">What the first module takes.</param>
            /// <returns>What the last module gives; a new handle on the argument where there is none.</returns>
            public override torch.Tensor forward(torch.Tensor tensor)
            {
                if (_steps.Count == 0) return tensor.alias();
                var current = tensor;
                foreach (var step in _steps)
                {
                    var next = step.call(current);
                    if (!ReferenceEquals(current, tensor)) current.Dispose();
                    current = next;
                }
                return current;
            }

            /// <inheritdoc/>
            protected override void RegisterComponents()
            {
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>An empty sequence.</summary>
            public static Sequential Sequential() => new();

            /// <summary>Modules one after the other, named 0, 1, 2 and so on.</summary>
            /// <param name="modules">The modules.</param>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                modules.Aggregate(new Sequential(), (sequence, module) => sequence.append(module));

            /// <summary>Modules one after the other, with names.</summary>
            /// <param name="modules">The modules.</param>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
                modules.Aggregate(new Sequential(), (sequence, module) => sequence.append(module.name, module.submodule));
        }
    }
}
