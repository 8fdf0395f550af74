using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>x times the standard normal distribution function of x.</summary>
        /// <remarks>Hendrycks and Gimpel 2016, arXiv:1606.08415.</remarks>
        public sealed class GELU : ParameterLessModule<torch.Tensor, torch.Tensor>
        {
            /// <summary>How the distribution function is computed.</summary>
            public enum Approximate
            {
                /// <summary>By the error function.</summary>
                none,

                /// <summary>By a hyperbolic tangent, as GPT-2 does.</summary>
                tanh,
            }

            internal GELU(bool inplace, Approximate approximate) : base(nameof(GELU))
            {
                this.inplace = inplace;
                this.approximate = approximate;
            }

            /// <summary>True to write into the argument.</summary>
            public bool inplace { get; set; }

            /// <summary>How the distribution function is computed.</summary>
            public Approximate approximate { get; set; }

            /// <param name="tensor">Any shape.</param>
            /// <returns>The same shape.</returns>
            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.gelu(tensor, approximate, inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>GELU by the error function.</summary>
            public static GELU GELU() => new(false, Modules.GELU.Approximate.none);

            /// <summary>GELU by the error function.</summary>
            /// <param name="inplace">True to write into the argument.</param>
            public static GELU GELU(bool inplace) => new(inplace, Modules.GELU.Approximate.none);

            /// <summary>GELU.</summary>
            /// <param name="approximate">How the distribution function is computed.</param>
            /// <param name="inplace">True to write into the argument.</param>
            public static GELU GELU(Modules.GELU.Approximate approximate, bool inplace = false) => new(inplace, approximate);
        }
    }
}
