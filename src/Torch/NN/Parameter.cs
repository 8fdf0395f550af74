using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that a module learns.</summary>
        public class Parameter : torch.Tensor
        {
            /// <param name="data">The values; this tensor becomes empty, the parameter takes its place and its scope.</param>
            /// <param name="requires_grad">True to collect gradients.</param>
            public Parameter(torch.Tensor data, bool requires_grad = true) : base(HandleOf(data, requires_grad), register: false) =>
                DisposeScope.ReplaceWith(data, this);

            private static IntPtr HandleOf(torch.Tensor data, bool requires_grad)
            {
                data.requires_grad = requires_grad;
                return data.MoveHandle();
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a parameter of a tensor, which becomes empty.</summary>
            /// <param name="data">The values.</param>
            /// <param name="requires_grad">True to collect gradients.</param>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
