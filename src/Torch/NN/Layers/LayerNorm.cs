using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Brings the last axes to mean 0 and variance 1, then scales and shifts them.</summary>
        /// <remarks>Ba et al. 2016, arXiv:1607.06450.</remarks>
        public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = nameof(weight))] private Parameter? _weight;
            [ComponentName(Name = nameof(bias))] private Parameter? _bias;

            internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(LayerNorm))
            {
                this.normalized_shape = normalized_shape;
                this.eps = eps;
                this.elementwise_affine = elementwise_affine;
                if (!elementwise_affine) return;
                weight = new Parameter(torch.empty(normalized_shape, dtype, device));
                if (bias) this.bias = new Parameter(torch.empty(normalized_shape, dtype, device));
                reset_parameters();
            }

            /// <summary>The scale, of the normalized shape.</summary>
            public Parameter weight
            {
                get => _weight!;
                set
                {
                    if (ReferenceEquals(value, _weight)) return;
                    _weight?.Dispose();
                    _weight = value;
                    Own(nameof(weight), value);
                }
            }

            /// <summary>The shift, of the normalized shape, or null.</summary>
            public Parameter? bias
            {
                get => _bias;
                set
                {
                    if (ReferenceEquals(value, _bias)) return;
                    _bias?.Dispose();
                    _bias = value;
                    Own(nameof(bias), value);
                }
            }

            /// <summary>The sizes of the last axes.</summary>
            public long[] normalized_shape { get; set; }

            /// <summary>What is added to the variance.</summary>
            public double eps { get; set; }

            /// <summary>True when a scale is learned.</summary>
            public bool elementwise_affine { get; set; }

            /// <summary>Sets the scale to 1 and the shift to 0.</summary>
            public void reset_parameters()
            {
                if (_weight is not null) torch.nn.init.ones_(_weight);
                if (_bias is not null) torch.nn.init.zeros_(_bias);
            }

            /// <param name="tensor">[..., normalized shape]</param>
            /// <returns>The same shape.</returns>
            public override torch.Tensor forward(torch.Tensor tensor) =>
                torch.nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);

            private void Own(string component, Parameter? parameter)
            {
                parameter?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(component, parameter);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Layer normalization over the last axes.</summary>
            /// <param name="normalized_shape">The sizes of the last axes.</param>
            /// <param name="eps">What is added to the variance.</param>
            /// <param name="elementwise_affine">True to learn a scale.</param>
            /// <param name="bias">True to learn a shift too.</param>
            /// <param name="device">Where the parameters are made; null for the CPU.</param>
            /// <param name="dtype">Their type; null for the default.</param>
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            /// <summary>Layer normalization over the last axis.</summary>
            /// <param name="normalized_shape">The size of the last axis.</param>
            /// <param name="eps">What is added to the variance.</param>
            /// <param name="elementwise_affine">True to learn a scale.</param>
            /// <param name="bias">True to learn a shift too.</param>
            /// <param name="device">Where the parameters are made; null for the CPU.</param>
            /// <param name="dtype">Their type; null for the default.</param>
            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) => LayerNorm([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}
