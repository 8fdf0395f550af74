using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>An affine map: x times the transposed weight, plus the bias.</summary>
        public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = nameof(weight))] private Parameter _weight;
            [ComponentName(Name = nameof(bias))] private Parameter? _bias;

            internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
            {
                (out_features, in_features) = (weight.shape[0], weight.shape[1]);
                _weight = weight;
                Own(nameof(weight), weight);
                this.bias = bias;
            }

            internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
                : this(Weights(inputSize, outputSize, device, dtype), hasBias ? Bias(inputSize, outputSize, device, dtype) : null)
            {
            }

            /// <summary>[outputs, inputs]</summary>
            public Parameter weight
            {
                get => _weight;
                set
                {
                    if (ReferenceEquals(value, _weight)) return;
                    _weight.Dispose();
                    _weight = value;
                    Own(nameof(weight), value);
                }
            }

            /// <summary>[outputs], or null.</summary>
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

            /// <summary>How many numbers go in.</summary>
            public long in_features { get; set; }

            /// <summary>How many come out.</summary>
            public long out_features { get; set; }

            /// <param name="tensor">[..., inputs]</param>
            /// <returns>[..., outputs]</returns>
            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, _weight, _bias);

            private void Own(string component, Parameter? parameter)
            {
                parameter?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(component, parameter);
            }

            private static Parameter Weights(long inputSize, long outputSize, torch.Device? device, torch.ScalarType? dtype)
            {
                var drawn = new Parameter(torch.empty(outputSize, inputSize, dtype, device));
                torch.nn.init.kaiming_uniform_(drawn, Math.Sqrt(5));
                return drawn;
            }

            private static Parameter Bias(long inputSize, long outputSize, torch.Device? device, torch.ScalarType? dtype)
            {
                var drawn = new Parameter(torch.empty(outputSize, dtype, device));
                var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                torch.nn.init.uniform_(drawn, -bound, bound);
                return drawn;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>An affine map with random weights: uniform within one over the root of the inputs.</summary>
            /// <param name="inputSize">How many numbers go in.</param>
            /// <param name="outputSize">How many come out.</param>
            /// <param name="hasBias">True to learn a bias.</param>
            /// <param name="device">Where the parameters are made; null for the CPU.</param>
            /// <param name="dtype">Their type; null for the default.</param>
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            /// <summary>An affine map with given weights, which it owns from now on.</summary>
            /// <param name="weight">[outputs, inputs]</param>
            /// <param name="bias">[outputs], or null.</param>
            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}
