using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>In training, sets each number to zero with a probability and scales up the rest; otherwise changes nothing.</summary>
        /// <remarks>Srivastava et al. 2014, JMLR 15.</remarks>
        public sealed class Dropout : ParameterLessModule<torch.Tensor, torch.Tensor>
        {
            internal Dropout(double p, bool inplace) : base(nameof(Dropout))
            {
                this.p = p;
                this.inplace = inplace;
            }

            /// <summary>The probability of a zero.</summary>
            public double p { get; set; }

            /// <summary>True to write into the argument.</summary>
            public bool inplace { get; set; }

            /// <param name="tensor">Any shape.</param>
            /// <returns>The same shape.</returns>
            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.dropout(tensor, p, training, inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Dropout.</summary>
            /// <param name="p">The probability of a zero.</param>
            /// <param name="inplace">True to write into the argument.</param>
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}
