namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How weights begin. Each method fills its tensor in place, outside autograd, and answers it.</summary>
        public static class init
        {
            /// <summary>What follows a layer, for <see cref="calculate_gain"/>.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,

                /// <summary>A convolution over one axis.</summary>
                Conv1D = 1,

                /// <summary>A convolution over two axes.</summary>
                Conv2D = 2,

                /// <summary>A convolution over three axes.</summary>
                Conv3D = 3,

                /// <summary>A transposed convolution over one axis.</summary>
                ConvTranspose1D = 4,

                /// <summary>A transposed convolution over two axes.</summary>
                ConvTranspose2D = 5,

                /// <summary>A transposed convolution over three axes.</summary>
                ConvTranspose3D = 6,

                /// <summary>The logistic function.</summary>
                Sigmoid = 7,

                /// <summary>The hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>Zero below zero.</summary>
                ReLU = 9,

                /// <summary>A small slope below zero.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Whose variance is kept: that of the forward or that of the backward pass.</summary>
            public enum FanInOut
            {
                /// <summary>The forward pass: as many numbers as go into one output.</summary>
                FanIn = 0,

                /// <summary>The backward pass: as many numbers as one input goes into.</summary>
                FanOut = 1,
            }

            /// <summary>By what a nonlinearity shrinks the standard deviation, inverted.</summary>
            /// <param name="nonlinearity">What follows the layer.</param>
            /// <param name="param">The negative slope of LeakyReLU.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + param * param)),
                _ => 1.0,
            };

            /// <summary>Fills with 1.</summary>
            /// <param name="tensor">What to fill.</param>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>Fills with 0.</summary>
            /// <param name="tensor">What to fill.</param>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Fills with one value.</summary>
            /// <param name="tensor">What to fill.</param>
            /// <param name="val">The value.</param>
            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var _ = no_grad();
                return tensor.fill_(val);
            }

            /// <summary>Draws from a uniform distribution.</summary>
            /// <param name="tensor">What to fill.</param>
            /// <param name="low">The least value.</param>
            /// <param name="high">The bound above.</param>
            /// <param name="generator">Has no effect: the device's own generator draws.</param>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var _ = no_grad();
                return tensor.uniform_(low, high);
            }

            /// <summary>Draws from a normal distribution.</summary>
            /// <param name="tensor">What to fill.</param>
            /// <param name="mean">Its mean.</param>
            /// <param name="std">Its standard deviation.</param>
            /// <param name="generator">Has no effect: the device's own generator draws.</param>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var _ = no_grad();
                return tensor.normal_(mean, std);
            }

            /// <summary>Draws so that the variance stays the same both forward and backward through a linear layer.</summary>
            /// <param name="tensor">[outputs, inputs, ...]</param>
            /// <param name="gain">A factor on the standard deviation.</param>
            /// <remarks>Glorot and Bengio 2010, equation 16.</remarks>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Draws so that the variance stays the same through a layer and the rectifier that follows it.</summary>
            /// <param name="tensor">[outputs, inputs, ...]</param>
            /// <param name="a">The negative slope of LeakyReLU.</param>
            /// <param name="mode">Whether to keep the variance of the forward or the backward pass.</param>
            /// <param name="nonlinearity">What follows the layer.</param>
            /// <remarks>He et al. 2015, arXiv:1502.01852.</remarks>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var std = calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
                var bound = Math.Sqrt(3.0) * std;
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>How many numbers go into one output, and how many outputs one input goes into.</summary>
            /// <param name="tensor">[outputs, inputs, ...]</param>
            /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException($"Fan in and fan out need two or more axes; the shape is [{string.Join(", ", shape)}].", nameof(tensor));
                var receptiveField = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * receptiveField, shape[0] * receptiveField);
            }
        }
    }
}
