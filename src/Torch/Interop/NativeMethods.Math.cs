using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/math.cpp: element by element.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rabbit_abs(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_abs_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_ceil(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_ceil_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_cos(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_cos_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_erf(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_erf_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_exp(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_exp_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_exp2(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_exp2_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_expm1(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_expm1_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_floor(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_floor_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_log(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_log_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_log10(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_log10_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_log1p(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_log1p_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_log2(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_log2_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_logical_not(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_logical_not_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_neg(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_neg_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_reciprocal(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_reciprocal_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_relu(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_relu_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_rsqrt(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_rsqrt_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sigmoid(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_sigmoid_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sign(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_sign_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sin(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_sin_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sqrt(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_sqrt_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_square(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_square_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_tan(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_tan_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_tanh(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_tanh_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_trunc(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_trunc_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_acos(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_acos_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_asin(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_asin_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_atan(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_atan_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_cosh(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_cosh_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sinh(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_sinh_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_bitwise_not(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_bitwise_not_(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_zero_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_angle(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_conj(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_isnan(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_isinf(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_isfinite(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_isposinf(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_isneginf(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_real(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_imag(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_silu(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_log_sigmoid(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_silu_(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_round(Tensor self, long decimals);

    [LibraryImport(Library)]
    internal static partial int rabbit_round_(Tensor self, long decimals);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor rabbit_gelu(Tensor self, string approximate);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_leaky_relu(Tensor self, Scalar slope);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_softplus(Tensor self, Scalar beta, Scalar threshold);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_mul(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_mul_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_pow(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_pow_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_remainder(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_remainder_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_fmod(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_fmod_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_floor_divide(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_floor_divide_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_atan2(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_atan2_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_eq(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_eq_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_ne(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_ne_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_lt(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_lt_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_le(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_le_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_gt(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_gt_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_ge(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_ge_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_logical_and(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_logical_and_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_logical_or(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_logical_or_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_logical_xor(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_logical_xor_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_bitwise_and(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_bitwise_and_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_bitwise_or(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_bitwise_or_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_bitwise_xor(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_bitwise_xor_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_maximum(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_minimum(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_mul_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_mul_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_pow_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_pow_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_remainder_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_remainder_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_fmod_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_fmod_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_floor_divide_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_floor_divide_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_eq_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_eq_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_ne_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_ne_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_lt_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_lt_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_le_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_le_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_gt_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_gt_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_ge_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_ge_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_add(Tensor self, Tensor other, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int rabbit_add_(Tensor self, Tensor other, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_add_scalar(Tensor self, Scalar other, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int rabbit_add_scalar_(Tensor self, Scalar other, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sub(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_sub_(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sub_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial int rabbit_sub_scalar_(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_rsub_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_rdiv_scalar(Tensor self, Scalar other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_div(Tensor self, Tensor other, int rounding);

    [LibraryImport(Library)]
    internal static partial int rabbit_div_(Tensor self, Tensor other, int rounding);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_div_scalar(Tensor self, Scalar other, int rounding);

    [LibraryImport(Library)]
    internal static partial int rabbit_div_scalar_(Tensor self, Scalar other, int rounding);

    [LibraryImport(Library)]
    internal static partial int rabbit_fill_(Tensor self, Scalar value);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_clamp_scalar(Tensor self, Scalar? min, Scalar? max);

    [LibraryImport(Library)]
    internal static partial int rabbit_clamp_scalar_(Tensor self, Scalar? min, Scalar? max);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_clamp(Tensor self, Tensor? min, Tensor? max);

    [LibraryImport(Library)]
    internal static partial int rabbit_clamp_(Tensor self, Tensor? min, Tensor? max);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_addcmul(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value);

    [LibraryImport(Library)]
    internal static partial int rabbit_addcmul_(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value);

    [LibraryImport(Library)]
    internal static partial int rabbit_addcdiv_(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_lerp(Tensor self, Tensor end, Tensor weight);

    [LibraryImport(Library)]
    internal static partial int rabbit_lerp_(Tensor self, Tensor end, Tensor weight);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_where(Tensor condition, Tensor x, Tensor y);

    [LibraryImport(Library)]
    internal static partial int rabbit_equal(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial int rabbit_allclose(
        Tensor self, Tensor other, double rtol, double atol, [MarshalAs(UnmanagedType.U1)] bool equalNan);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_isclose(
        Tensor self, Tensor other, double rtol, double atol, [MarshalAs(UnmanagedType.U1)] bool equalNan);
}
