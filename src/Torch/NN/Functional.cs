using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The layers' computations without their parameters.</summary>
        public static partial class functional
        {
            /// <summary>x times the transposed weights, plus the bias.</summary>
            /// <param name="input">[..., inputs]</param>
            /// <param name="weights">[outputs, inputs]</param>
            /// <param name="bias">[outputs], or null.</param>
            /// <returns>[..., outputs]</returns>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => NativeMethods.rabbit_linear(input, weights, bias);

            /// <summary>Brings the last axes to mean 0 and variance 1, then scales and shifts them.</summary>
            /// <param name="input">[..., normalized shape]</param>
            /// <param name="normalized_shape">The sizes of the last axes.</param>
            /// <param name="weight">The scale, or null.</param>
            /// <param name="bias">The shift, or null.</param>
            /// <param name="eps">What is added to the variance.</param>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                NativeMethods.rabbit_layer_norm(input, normalized_shape, normalized_shape.Length, weight, bias, eps);

            /// <summary>The softmax of query times key over the root of headDim, times value.</summary>
            /// <param name="query">[batch, heads, time, headDim]</param>
            /// <param name="key">[batch, heads, past + time, headDim]</param>
            /// <param name="value">[batch, heads, past + time, headDim]</param>
            /// <param name="attn_mask">[..., time, past + time]: bool keeps where true, a number is added to the score; null for none.</param>
            /// <param name="p">The probability with which an attention weight is dropped.</param>
            /// <param name="is_casual">True lets row i see columns 0 to i, aligned at the top left whatever the past.</param>
            /// <returns>[batch, heads, time, headDim]</returns>
            /// <exception cref="ArgumentException">p is negative, or a mask comes with is_casual.</exception>
            /// <remarks>Vaswani et al. 2017, arXiv:1706.03762, equation 1.</remarks>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (p < 0) throw new ArgumentException($"Dropout probability must be 0 or more; it is {p}.", nameof(p));
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("A causal attention takes no mask beside it. Put the causal mask into attn_mask, or pass null.", nameof(attn_mask));
                return NativeMethods.rabbit_scaled_dot_product_attention(query, key, value, attn_mask, p, is_casual);
            }

            /// <summary>Sets each number to zero with a probability and scales up the rest; outside training changes nothing.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="p">The probability of a zero.</param>
            /// <param name="training">False leaves the numbers as they are.</param>
            /// <param name="inplace">True to write into the argument.</param>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (!inplace) return NativeMethods.rabbit_dropout(input, p, training);
                NativeError.Check(NativeMethods.rabbit_dropout_(input, p, training));
                return input.alias();
            }

            /// <summary>x times its sigmoid.</summary>
            /// <param name="x">Any shape.</param>
            /// <param name="inplace">True to write into the argument.</param>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_().alias() : x.silu();

            /// <summary>GELU by the error function.</summary>
            /// <param name="x">Any shape.</param>
            public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none);

            /// <summary>GELU by the error function.</summary>
            /// <param name="x">Any shape.</param>
            /// <param name="inplace">True to write into the argument.</param>
            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            /// <summary>x times the standard normal distribution function of x.</summary>
            /// <param name="x">Any shape.</param>
            /// <param name="approximate">How the distribution function is computed.</param>
            /// <param name="inplace">True to write into the argument.</param>
            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false)
            {
                var result = NativeMethods.rabbit_gelu(x, approximate.ToString());
                if (!inplace) return result;
                using (result) return x.copy_(result).alias();
            }

            /// <summary>x where it is positive, else 0.</summary>
            /// <param name="x">Any shape.</param>
            /// <param name="inplace">True to write into the argument.</param>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            /// <summary>Exponentials that sum to 1 along an axis.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="dim">The axis.</param>
            /// <param name="dtype">What to convert to first; null to keep.</param>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>The logarithm of the softmax along an axis.</summary>
            /// <param name="x">Any shape.</param>
            /// <param name="dim">The axis.</param>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>A 1 at each index and zeros elsewhere.</summary>
            /// <param name="x">Class indices of any shape, int64.</param>
            /// <param name="num_classes">How many classes; -1 for the largest index plus one.</param>
            /// <returns>[shape of x, classes], int64</returns>
            /// <exception cref="ArgumentException">x is not int64.</exception>
            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                if (x.dtype != ScalarType.Int64) throw new ArgumentException($"one_hot takes indices of type Int64; these are {x.dtype}. Convert with x.to(ScalarType.Int64).", nameof(x));
                using var scope = NewDisposeScope();
                var classes = num_classes == -1 ? x.max().item<long>() + 1 : num_classes;
                var result = zeros([.. x.shape, classes], ScalarType.Int64, x.device);
                return result.scatter_(-1, x.unsqueeze(-1), ones([.. x.shape, 1], ScalarType.Int64, x.device)).MoveToOuterDisposeScope();
            }

            /// <summary>The cosine of the angle between vectors along an axis.</summary>
            /// <param name="x1">Vectors along the axis.</param>
            /// <param name="x2">Vectors that broadcast with those.</param>
            /// <param name="dim">The axis.</param>
            /// <param name="eps">The least length that is divided by.</param>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-08)
            {
                using var scope = NewDisposeScope();
                return (Unit(x1, dim, eps) * Unit(x2, dim, eps)).sum(dim).MoveToOuterDisposeScope();
            }

            private static Tensor Unit(Tensor x, long dim, double eps) => x / (x * x).sum(dim, keepdim: true).sqrt().clamp(min: eps);
        }
    }
}
