using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>x times its sigmoid.</summary>
        /// <remarks>Elfwing et al. 2017, arXiv:1702.03118.</remarks>
        public sealed class SiLU : ParameterLessModule<torch.Tensor, torch.Tensor>
        {
            internal SiLU(bool inplace) : base(nameof(SiLU))
            {
                this.inplace = inplace;
            }

            /// <summary>True to write into the argument.</summary>
            public bool inplace { get; set; }

            /// <param name="tensor">Any shape.</param>
            /// <returns>The same shape.</returns>
            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.silu(tensor, inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x times its sigmoid.</summary>
            public static SiLU SiLU() => new(false);

            /// <summary>x times its sigmoid.</summary>
            /// <param name="inplace">True to write into the argument.</param>
            public static SiLU SiLU(bool inplace) => new(inplace);
        }
    }
}
