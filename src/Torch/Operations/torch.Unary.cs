namespace TorchSharp;

/// <content>The forms of Tensor's methods that take the tensor as their first argument.</content>
public static partial class torch
{
    /// <summary>Absolute values.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>Writes into the tensor: absolute values. Returns it.</summary>
    public static Tensor abs_(Tensor input) => input.abs_();

    /// <summary>Arc cosines.</summary>
    public static Tensor acos(Tensor input) => input.acos();

    /// <summary>Writes into the tensor: arc cosines. Returns it.</summary>
    public static Tensor acos_(Tensor input) => input.acos_();

    /// <summary>The angles of complex numbers, in radians.</summary>
    public static Tensor angle(Tensor input) => input.angle();

    /// <summary>Arc sines.</summary>
    public static Tensor asin(Tensor input) => input.asin();

    /// <summary>Writes into the tensor: arc sines. Returns it.</summary>
    public static Tensor asin_(Tensor input) => input.asin_();

    /// <summary>Arc tangents.</summary>
    public static Tensor atan(Tensor input) => input.atan();

    /// <summary>Writes into the tensor: arc tangents. Returns it.</summary>
    public static Tensor atan_(Tensor input) => input.atan_();

    /// <summary>Each bit turned.</summary>
    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    /// <summary>Writes into the tensor: each bit turned. Returns it.</summary>
    public static Tensor bitwise_not_(Tensor input) => input.bitwise_not_();

    /// <summary>The least integers that are not less.</summary>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <summary>Writes into the tensor: the least integers that are not less. Returns it.</summary>
    public static Tensor ceil_(Tensor input) => input.ceil_();

    /// <summary>The conjugates of complex numbers.</summary>
    public static Tensor conj(Tensor input) => input.conj();

    /// <summary>Cosines.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>Writes into the tensor: cosines. Returns it.</summary>
    public static Tensor cos_(Tensor input) => input.cos_();

    /// <summary>Hyperbolic cosines.</summary>
    public static Tensor cosh(Tensor input) => input.cosh();

    /// <summary>Writes into the tensor: hyperbolic cosines. Returns it.</summary>
    public static Tensor cosh_(Tensor input) => input.cosh_();

    /// <summary>The error function.</summary>
    public static Tensor erf(Tensor input) => input.erf();

    /// <summary>Writes into the tensor: the error function. Returns it.</summary>
    public static Tensor erf_(Tensor input) => input.erf_();

    /// <summary>e to the power of each element.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>2 to the power of each element.</summary>
    public static Tensor exp2(Tensor input) => input.exp2();

    /// <summary>Writes into the tensor: 2 to the power of each element. Returns it.</summary>
    public static Tensor exp2_(Tensor input) => input.exp2_();

    /// <summary>Writes into the tensor: e to the power of each element. Returns it.</summary>
    public static Tensor exp_(Tensor input) => input.exp_();

    /// <summary>exp(x) - 1, exact near 0.</summary>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <summary>Writes into the tensor: exp(x) - 1, exact near 0. Returns it.</summary>
    public static Tensor expm1_(Tensor input) => input.expm1_();

    /// <summary>The greatest integers that are not greater.</summary>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>Writes into the tensor: the greatest integers that are not greater. Returns it.</summary>
    public static Tensor floor_(Tensor input) => input.floor_();

    /// <summary>Whether each element is neither infinite nor NaN.</summary>
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    /// <summary>Whether each element is infinite.</summary>
    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    /// <summary>Whether each element is NaN.</summary>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Whether each element is negative infinity.</summary>
    public static Tensor isneginf(Tensor tensor) => tensor.isneginf();

    /// <summary>Whether each element is positive infinity.</summary>
    public static Tensor isposinf(Tensor tensor) => tensor.isposinf();

    /// <summary>Natural logarithms.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>Logarithms to base 10.</summary>
    public static Tensor log10(Tensor input) => input.log10();

    /// <summary>Writes into the tensor: logarithms to base 10. Returns it.</summary>
    public static Tensor log10_(Tensor input) => input.log10_();

    /// <summary>log(1 + x), exact near 0.</summary>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>Writes into the tensor: log(1 + x), exact near 0. Returns it.</summary>
    public static Tensor log1p_(Tensor input) => input.log1p_();

    /// <summary>Logarithms to base 2.</summary>
    public static Tensor log2(Tensor input) => input.log2();

    /// <summary>Writes into the tensor: logarithms to base 2. Returns it.</summary>
    public static Tensor log2_(Tensor input) => input.log2_();

    /// <summary>Writes into the tensor: natural logarithms. Returns it.</summary>
    public static Tensor log_(Tensor input) => input.log_();

    /// <summary>Whether each element is 0.</summary>
    public static Tensor logical_not(Tensor input) => input.logical_not();

    /// <summary>Each element with its sign turned.</summary>
    public static Tensor neg(Tensor input) => input.neg();

    /// <summary>Writes into the tensor: each element with its sign turned. Returns it.</summary>
    public static Tensor neg_(Tensor input) => input.neg_();

    /// <summary>Each element with its sign turned.</summary>
    public static Tensor negative(Tensor input) => input.negative();

    /// <summary>1 / x.</summary>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <summary>Writes into the tensor: 1 / x. Returns it.</summary>
    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    /// <summary>The nearest number with so many decimals, ties to even.</summary>
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    /// <summary>Rounds to so many decimals, ties to even. Returns the tensor.</summary>
    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);

    /// <summary>1 / sqrt(x).</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>Writes into the tensor: 1 / sqrt(x). Returns it.</summary>
    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>Writes into the tensor: 1 / (1 + exp(-x)). Returns it.</summary>
    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

    /// <summary>-1, 0 or 1.</summary>
    public static Tensor sign(Tensor input) => input.sign();

    /// <summary>Writes into the tensor: -1, 0 or 1. Returns it.</summary>
    public static Tensor sign_(Tensor input) => input.sign_();

    /// <summary>Sines.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>Writes into the tensor: sines. Returns it.</summary>
    public static Tensor sin_(Tensor input) => input.sin_();

    /// <summary>Hyperbolic sines.</summary>
    public static Tensor sinh(Tensor input) => input.sinh();

    /// <summary>Writes into the tensor: hyperbolic sines. Returns it.</summary>
    public static Tensor sinh_(Tensor input) => input.sinh_();

    /// <summary>Square roots.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>Writes into the tensor: square roots. Returns it.</summary>
    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    /// <summary>Squares.</summary>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>Tangents.</summary>
    public static Tensor tan(Tensor input) => input.tan();

    /// <summary>Writes into the tensor: tangents. Returns it.</summary>
    public static Tensor tan_(Tensor input) => input.tan_();

    /// <summary>Hyperbolic tangents.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>Writes into the tensor: hyperbolic tangents. Returns it.</summary>
    public static Tensor tanh_(Tensor input) => input.tanh_();

    /// <summary>Integers, the fraction cut off.</summary>
    public static Tensor trunc(Tensor input) => input.trunc();

    /// <summary>Writes into the tensor: integers, the fraction cut off. Returns it.</summary>
    public static Tensor trunc_(Tensor input) => input.trunc_();
}
