using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Functions of one element each, with their in-place forms.</content>
    public partial class Tensor
    {
        /// <summary>Absolute values.</summary>
        public Tensor abs() => rabbit_abs(this);

        /// <summary>Writes into this tensor: absolute values. Returns it.</summary>
        public Tensor abs_() => InPlace(rabbit_abs_(this));

        /// <summary>Arc cosines.</summary>
        public Tensor acos() => rabbit_acos(this);

        /// <summary>Writes into this tensor: arc cosines. Returns it.</summary>
        public Tensor acos_() => InPlace(rabbit_acos_(this));

        /// <summary>Arc sines.</summary>
        public Tensor asin() => rabbit_asin(this);

        /// <summary>Writes into this tensor: arc sines. Returns it.</summary>
        public Tensor asin_() => InPlace(rabbit_asin_(this));

        /// <summary>Arc tangents.</summary>
        public Tensor atan() => rabbit_atan(this);

        /// <summary>Writes into this tensor: arc tangents. Returns it.</summary>
        public Tensor atan_() => InPlace(rabbit_atan_(this));

        /// <summary>The least integers that are not less.</summary>
        public Tensor ceil() => rabbit_ceil(this);

        /// <summary>Writes into this tensor: the least integers that are not less. Returns it.</summary>
        public Tensor ceil_() => InPlace(rabbit_ceil_(this));

        /// <summary>Cosines.</summary>
        public Tensor cos() => rabbit_cos(this);

        /// <summary>Writes into this tensor: cosines. Returns it.</summary>
        public Tensor cos_() => InPlace(rabbit_cos_(this));

        /// <summary>Hyperbolic cosines.</summary>
        public Tensor cosh() => rabbit_cosh(this);

        /// <summary>Writes into this tensor: hyperbolic cosines. Returns it.</summary>
        public Tensor cosh_() => InPlace(rabbit_cosh_(this));

        /// <summary>The error function.</summary>
        public Tensor erf() => rabbit_erf(this);

        /// <summary>Writes into this tensor: the error function. Returns it.</summary>
        public Tensor erf_() => InPlace(rabbit_erf_(this));

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => rabbit_exp(this);

        /// <summary>Writes into this tensor: e to the power of each element. Returns it.</summary>
        public Tensor exp_() => InPlace(rabbit_exp_(this));

        /// <summary>2 to the power of each element.</summary>
        public Tensor exp2() => rabbit_exp2(this);

        /// <summary>Writes into this tensor: 2 to the power of each element. Returns it.</summary>
        public Tensor exp2_() => InPlace(rabbit_exp2_(this));

        /// <summary>exp(x) - 1, exact near 0.</summary>
        public Tensor expm1() => rabbit_expm1(this);

        /// <summary>Writes into this tensor: exp(x) - 1, exact near 0. Returns it.</summary>
        public Tensor expm1_() => InPlace(rabbit_expm1_(this));

        /// <summary>The greatest integers that are not greater.</summary>
        public Tensor floor() => rabbit_floor(this);

        /// <summary>Writes into this tensor: the greatest integers that are not greater. Returns it.</summary>
        public Tensor floor_() => InPlace(rabbit_floor_(this));

        /// <summary>Natural logarithms.</summary>
        public Tensor log() => rabbit_log(this);

        /// <summary>Writes into this tensor: natural logarithms. Returns it.</summary>
        public Tensor log_() => InPlace(rabbit_log_(this));

        /// <summary>Logarithms to base 10.</summary>
        public Tensor log10() => rabbit_log10(this);

        /// <summary>Writes into this tensor: logarithms to base 10. Returns it.</summary>
        public Tensor log10_() => InPlace(rabbit_log10_(this));

        /// <summary>log(1 + x), exact near 0.</summary>
        public Tensor log1p() => rabbit_log1p(this);

        /// <summary>Writes into this tensor: log(1 + x), exact near 0. Returns it.</summary>
        public Tensor log1p_() => InPlace(rabbit_log1p_(this));

        /// <summary>Logarithms to base 2.</summary>
        public Tensor log2() => rabbit_log2(this);

        /// <summary>Writes into this tensor: logarithms to base 2. Returns it.</summary>
        public Tensor log2_() => InPlace(rabbit_log2_(this));

        /// <summary>Whether each element is 0.</summary>
        public Tensor logical_not() => rabbit_logical_not(this);

        /// <summary>Writes into this tensor: whether each element is 0. Returns it.</summary>
        public Tensor logical_not_() => InPlace(rabbit_logical_not_(this));

        /// <summary>Each element with its sign turned.</summary>
        public Tensor neg() => rabbit_neg(this);

        /// <summary>Writes into this tensor: each element with its sign turned. Returns it.</summary>
        public Tensor neg_() => InPlace(rabbit_neg_(this));

        /// <summary>1 / x.</summary>
        public Tensor reciprocal() => rabbit_reciprocal(this);

        /// <summary>Writes into this tensor: 1 / x. Returns it.</summary>
        public Tensor reciprocal_() => InPlace(rabbit_reciprocal_(this));

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => rabbit_relu(this);

        /// <summary>Writes into this tensor: max(x, 0). Returns it.</summary>
        public Tensor relu_() => InPlace(rabbit_relu_(this));

        /// <summary>1 / sqrt(x).</summary>
        public Tensor rsqrt() => rabbit_rsqrt(this);

        /// <summary>Writes into this tensor: 1 / sqrt(x). Returns it.</summary>
        public Tensor rsqrt_() => InPlace(rabbit_rsqrt_(this));

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => rabbit_sigmoid(this);

        /// <summary>Writes into this tensor: 1 / (1 + exp(-x)). Returns it.</summary>
        public Tensor sigmoid_() => InPlace(rabbit_sigmoid_(this));

        /// <summary>-1, 0 or 1.</summary>
        public Tensor sign() => rabbit_sign(this);

        /// <summary>Writes into this tensor: -1, 0 or 1. Returns it.</summary>
        public Tensor sign_() => InPlace(rabbit_sign_(this));

        /// <summary>Sines.</summary>
        public Tensor sin() => rabbit_sin(this);

        /// <summary>Writes into this tensor: sines. Returns it.</summary>
        public Tensor sin_() => InPlace(rabbit_sin_(this));

        /// <summary>Hyperbolic sines.</summary>
        public Tensor sinh() => rabbit_sinh(this);

        /// <summary>Writes into this tensor: hyperbolic sines. Returns it.</summary>
        public Tensor sinh_() => InPlace(rabbit_sinh_(this));

        /// <summary>Square roots.</summary>
        public Tensor sqrt() => rabbit_sqrt(this);

        /// <summary>Writes into this tensor: square roots. Returns it.</summary>
        public Tensor sqrt_() => InPlace(rabbit_sqrt_(this));

        /// <summary>Squares.</summary>
        public Tensor square() => rabbit_square(this);

        /// <summary>Tangents.</summary>
        public Tensor tan() => rabbit_tan(this);

        /// <summary>Writes into this tensor: tangents. Returns it.</summary>
        public Tensor tan_() => InPlace(rabbit_tan_(this));

        /// <summary>Hyperbolic tangents.</summary>
        public Tensor tanh() => rabbit_tanh(this);

        /// <summary>Writes into this tensor: hyperbolic tangents. Returns it.</summary>
        public Tensor tanh_() => InPlace(rabbit_tanh_(this));

        /// <summary>Integers, the fraction cut off.</summary>
        public Tensor trunc() => rabbit_trunc(this);

        /// <summary>Writes into this tensor: integers, the fraction cut off. Returns it.</summary>
        public Tensor trunc_() => InPlace(rabbit_trunc_(this));

        /// <summary>Each bit turned.</summary>
        public Tensor bitwise_not() => rabbit_bitwise_not(this);

        /// <summary>Writes into this tensor: each bit turned. Returns it.</summary>
        public Tensor bitwise_not_() => InPlace(rabbit_bitwise_not_(this));

        /// <summary>Each element with its sign turned.</summary>
        public Tensor negative() => neg();

        /// <summary>The nearest number with so many decimals, ties to even.</summary>
        public Tensor round(long decimals = 0) => rabbit_round(this, decimals);

        /// <summary>Rounds to so many decimals, ties to even. Returns this tensor.</summary>
        public Tensor round_(long decimals = 0) => InPlace(rabbit_round_(this, decimals));

        /// <summary>x * sigmoid(x), also called swish.</summary>
        public Tensor silu() => rabbit_silu(this);

        /// <summary>Writes into this tensor: x * sigmoid(x). Returns it.</summary>
        public Tensor silu_() => InPlace(rabbit_silu_(this));

        /// <summary>x * Phi(x) with the exact normal distribution.</summary>
        public Tensor gelu() => rabbit_gelu(this, "none");

        /// <summary>x where it is positive, else slope * x.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => rabbit_leaky_relu(this, negative_slope);

        /// <summary>log(sigmoid(x)).</summary>
        public Tensor log_sigmoid() => rabbit_log_sigmoid(this);

        /// <summary>log(1 + exp(beta * x)) / beta; x itself above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => rabbit_softplus(this, beta, threshold);

        /// <summary>Whether each element is NaN.</summary>
        public Tensor isnan() => rabbit_isnan(this);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => rabbit_isinf(this);

        /// <summary>Whether each element is neither infinite nor NaN.</summary>
        public Tensor isfinite() => rabbit_isfinite(this);

        /// <summary>Whether each element is positive infinity.</summary>
        public Tensor isposinf() => rabbit_isposinf(this);

        /// <summary>Whether each element is negative infinity.</summary>
        public Tensor isneginf() => rabbit_isneginf(this);

        /// <summary>The angles of complex numbers, in radians.</summary>
        public Tensor angle() => rabbit_angle(this);

        /// <summary>The conjugates of complex numbers.</summary>
        public Tensor conj() => rabbit_conj(this);

        /// <summary>The real parts; a view.</summary>
        public Tensor real => rabbit_real(this);

        /// <summary>The imaginary parts; a view.</summary>
        public Tensor imag => rabbit_imag(this);

        /// <summary>Sets all elements to a number. Returns this tensor.</summary>
        public Tensor fill_(Scalar value) => InPlace(rabbit_fill_(this, value));

        /// <summary>Sets all elements to 0. Returns this tensor.</summary>
        public Tensor zero_() => InPlace(rabbit_zero_(this));
    }
}
