// Element by element: unary and binary functions, comparisons and logic, each with its in-place form.
#include "border.h"

#include <ATen/ops/div_ops.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/imag.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/isneginf.h>
#include <ATen/ops/isposinf.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/log_sigmoid.h>
#include <ATen/ops/real.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/where.h>

#include <type_traits>

using namespace rabbit;

#define UNARY(name) \
  RABBIT_EXPORT Handle rabbit_##name(Handle self) { return tensor([&] { return borrow(self).name(); }); }

#define UNARY_WITH_IN_PLACE(name)                      \
  UNARY(name)                                          \
  RABBIT_EXPORT int32_t rabbit_##name##_(Handle self) { \
    return status([&] { borrow(self).name##_(); });    \
  }

#define FUNCTION(name) \
  RABBIT_EXPORT Handle rabbit_##name(Handle self) { return tensor([&] { return at::name(borrow(self)); }); }

#define BINARY(name)                                             \
  RABBIT_EXPORT Handle rabbit_##name(Handle self, Handle other) { \
    return tensor([&] { return borrow(self).name(borrow(other)); }); \
  }

#define BINARY_WITH_IN_PLACE(name)                                   \
  BINARY(name)                                                       \
  RABBIT_EXPORT int32_t rabbit_##name##_(Handle self, Handle other) { \
    return status([&] { borrow(self).name##_(borrow(other)); });     \
  }

#define SCALAR_WITH_IN_PLACE(name)                                               \
  RABBIT_EXPORT Handle rabbit_##name##_scalar(Handle self, ScalarValue other) {   \
    return tensor([&] { return borrow(self).name(scalar(other)); });             \
  }                                                                              \
  RABBIT_EXPORT int32_t rabbit_##name##_scalar_(Handle self, ScalarValue other) { \
    return status([&] { borrow(self).name##_(scalar(other)); });                 \
  }

UNARY_WITH_IN_PLACE(abs)
UNARY_WITH_IN_PLACE(ceil)
UNARY_WITH_IN_PLACE(cos)
UNARY_WITH_IN_PLACE(erf)
UNARY_WITH_IN_PLACE(exp)
UNARY_WITH_IN_PLACE(exp2)
UNARY_WITH_IN_PLACE(expm1)
UNARY_WITH_IN_PLACE(floor)
UNARY_WITH_IN_PLACE(log)
UNARY_WITH_IN_PLACE(log10)
UNARY_WITH_IN_PLACE(log1p)
UNARY_WITH_IN_PLACE(log2)
UNARY_WITH_IN_PLACE(logical_not)
UNARY_WITH_IN_PLACE(neg)
UNARY_WITH_IN_PLACE(reciprocal)
UNARY_WITH_IN_PLACE(relu)
UNARY_WITH_IN_PLACE(rsqrt)
UNARY_WITH_IN_PLACE(sigmoid)
UNARY_WITH_IN_PLACE(sign)
UNARY_WITH_IN_PLACE(sin)
UNARY_WITH_IN_PLACE(sqrt)
UNARY_WITH_IN_PLACE(square)
UNARY_WITH_IN_PLACE(tan)
UNARY_WITH_IN_PLACE(tanh)
UNARY_WITH_IN_PLACE(trunc)
UNARY_WITH_IN_PLACE(acos)
UNARY_WITH_IN_PLACE(asin)
UNARY_WITH_IN_PLACE(atan)
UNARY_WITH_IN_PLACE(cosh)
UNARY_WITH_IN_PLACE(sinh)
UNARY_WITH_IN_PLACE(bitwise_not)
RABBIT_EXPORT int32_t rabbit_zero_(Handle self) {
  return status([&] { borrow(self).zero_(); });
}
UNARY(angle)
UNARY(conj)
UNARY(isnan)
UNARY(isinf)
FUNCTION(isfinite)
FUNCTION(isposinf)
FUNCTION(isneginf)
FUNCTION(real)
FUNCTION(imag)
FUNCTION(silu)
FUNCTION(log_sigmoid)

RABBIT_EXPORT int32_t rabbit_silu_(Handle self) {
  return status([&] {
    at::Tensor tensor = borrow(self);
    at::silu_(tensor);
  });
}

RABBIT_EXPORT Handle rabbit_round(Handle self, int64_t decimals) {
  return tensor([&] { return borrow(self).round(decimals); });
}

RABBIT_EXPORT int32_t rabbit_round_(Handle self, int64_t decimals) {
  return status([&] { borrow(self).round_(decimals); });
}

/// approximate is "none" or "tanh".
RABBIT_EXPORT Handle rabbit_gelu(Handle self, const char* approximate) {
  return tensor([&] { return at::gelu(borrow(self), approximate); });
}

RABBIT_EXPORT Handle rabbit_leaky_relu(Handle self, ScalarValue slope) {
  return tensor([&] { return at::leaky_relu(borrow(self), scalar(slope)); });
}

RABBIT_EXPORT Handle rabbit_softplus(Handle self, ScalarValue beta, ScalarValue threshold) {
  return tensor([&] { return at::softplus(borrow(self), scalar(beta), scalar(threshold)); });
}

BINARY_WITH_IN_PLACE(mul)
BINARY_WITH_IN_PLACE(pow)
BINARY_WITH_IN_PLACE(remainder)
BINARY_WITH_IN_PLACE(fmod)
BINARY_WITH_IN_PLACE(floor_divide)
BINARY_WITH_IN_PLACE(atan2)
BINARY_WITH_IN_PLACE(eq)
BINARY_WITH_IN_PLACE(ne)
BINARY_WITH_IN_PLACE(lt)
BINARY_WITH_IN_PLACE(le)
BINARY_WITH_IN_PLACE(gt)
BINARY_WITH_IN_PLACE(ge)
BINARY_WITH_IN_PLACE(logical_and)
BINARY_WITH_IN_PLACE(logical_or)
BINARY_WITH_IN_PLACE(logical_xor)
BINARY_WITH_IN_PLACE(bitwise_and)
BINARY_WITH_IN_PLACE(bitwise_or)
BINARY_WITH_IN_PLACE(bitwise_xor)
BINARY(maximum)
BINARY(minimum)

SCALAR_WITH_IN_PLACE(mul)
SCALAR_WITH_IN_PLACE(pow)
SCALAR_WITH_IN_PLACE(remainder)
SCALAR_WITH_IN_PLACE(fmod)
SCALAR_WITH_IN_PLACE(floor_divide)
SCALAR_WITH_IN_PLACE(eq)
SCALAR_WITH_IN_PLACE(ne)
SCALAR_WITH_IN_PLACE(lt)
SCALAR_WITH_IN_PLACE(le)
SCALAR_WITH_IN_PLACE(gt)
SCALAR_WITH_IN_PLACE(ge)

RABBIT_EXPORT Handle rabbit_add(Handle self, Handle other, ScalarValue alpha) {
  return tensor([&] { return borrow(self).add(borrow(other), scalar(alpha)); });
}

RABBIT_EXPORT int32_t rabbit_add_(Handle self, Handle other, ScalarValue alpha) {
  return status([&] { borrow(self).add_(borrow(other), scalar(alpha)); });
}

RABBIT_EXPORT Handle rabbit_add_scalar(Handle self, ScalarValue other, ScalarValue alpha) {
  return tensor([&] { return borrow(self).add(scalar(other), scalar(alpha)); });
}

RABBIT_EXPORT int32_t rabbit_add_scalar_(Handle self, ScalarValue other, ScalarValue alpha) {
  return status([&] { borrow(self).add_(scalar(other), scalar(alpha)); });
}

BINARY_WITH_IN_PLACE(sub)
SCALAR_WITH_IN_PLACE(sub)

/// other - self and other / self, as Python computes them.
RABBIT_EXPORT Handle rabbit_rsub_scalar(Handle self, ScalarValue other) {
  return tensor([&] { return borrow(self).neg().add(scalar(other)); });
}

RABBIT_EXPORT Handle rabbit_rdiv_scalar(Handle self, ScalarValue other) {
  return tensor([&] { return borrow(self).reciprocal().mul(scalar(other)); });
}

namespace {

template <class Schema>
struct ThirdArgument;

template <class Result, class First, class Second, class Third>
struct ThirdArgument<Result(First, Second, Third)> {
  using Type = std::decay_t<Third>;
};

/// An optional string view, of libtorch's own type or of the standard's by its version.
using RoundingName = ThirdArgument<at::_ops::div_Tensor_mode::schema>::Type;

/// rounding: 0 true division, 1 towards zero, 2 down; as TorchSharp's RoundingMode counts them.
RoundingName rounding_name(int32_t rounding) {
  if (rounding == 1) return RoundingName("trunc");
  if (rounding == 2) return RoundingName("floor");
  return {};
}

}  // namespace

RABBIT_EXPORT Handle rabbit_div(Handle self, Handle other, int32_t rounding) {
  return tensor([&] { return borrow(self).div(borrow(other), rounding_name(rounding)); });
}

RABBIT_EXPORT int32_t rabbit_div_(Handle self, Handle other, int32_t rounding) {
  return status([&] { borrow(self).div_(borrow(other), rounding_name(rounding)); });
}

RABBIT_EXPORT Handle rabbit_div_scalar(Handle self, ScalarValue other, int32_t rounding) {
  return tensor([&] { return borrow(self).div(scalar(other), rounding_name(rounding)); });
}

RABBIT_EXPORT int32_t rabbit_div_scalar_(Handle self, ScalarValue other, int32_t rounding) {
  return status([&] { borrow(self).div_(scalar(other), rounding_name(rounding)); });
}

RABBIT_EXPORT int32_t rabbit_fill_(Handle self, ScalarValue value) {
  return status([&] { borrow(self).fill_(scalar(value)); });
}

RABBIT_EXPORT Handle rabbit_clamp_scalar(Handle self, ScalarValue min, ScalarValue max) {
  return tensor([&] { return borrow(self).clamp(scalar_or_none(min), scalar_or_none(max)); });
}

RABBIT_EXPORT int32_t rabbit_clamp_scalar_(Handle self, ScalarValue min, ScalarValue max) {
  return status([&] { borrow(self).clamp_(scalar_or_none(min), scalar_or_none(max)); });
}

RABBIT_EXPORT Handle rabbit_clamp(Handle self, Handle min, Handle max) {
  return tensor([&] { return borrow(self).clamp(borrow_optional(min), borrow_optional(max)); });
}

RABBIT_EXPORT int32_t rabbit_clamp_(Handle self, Handle min, Handle max) {
  return status([&] { borrow(self).clamp_(borrow_optional(min), borrow_optional(max)); });
}

RABBIT_EXPORT Handle rabbit_addcmul(Handle self, Handle tensor1, Handle tensor2, ScalarValue value) {
  return tensor([&] { return borrow(self).addcmul(borrow(tensor1), borrow(tensor2), scalar(value)); });
}

RABBIT_EXPORT int32_t rabbit_addcmul_(Handle self, Handle tensor1, Handle tensor2, ScalarValue value) {
  return status([&] { borrow(self).addcmul_(borrow(tensor1), borrow(tensor2), scalar(value)); });
}

RABBIT_EXPORT Handle rabbit_addcdiv(Handle self, Handle tensor1, Handle tensor2, ScalarValue value) {
  return tensor([&] { return borrow(self).addcdiv(borrow(tensor1), borrow(tensor2), scalar(value)); });
}

RABBIT_EXPORT int32_t rabbit_addcdiv_(Handle self, Handle tensor1, Handle tensor2, ScalarValue value) {
  return status([&] { borrow(self).addcdiv_(borrow(tensor1), borrow(tensor2), scalar(value)); });
}

RABBIT_EXPORT Handle rabbit_lerp(Handle self, Handle end, Handle weight) {
  return tensor([&] { return borrow(self).lerp(borrow(end), borrow(weight)); });
}

RABBIT_EXPORT int32_t rabbit_lerp_(Handle self, Handle end, Handle weight) {
  return status([&] { borrow(self).lerp_(borrow(end), borrow(weight)); });
}

RABBIT_EXPORT Handle rabbit_where(Handle condition, Handle x, Handle y) {
  return tensor([&] { return at::where(borrow(condition), borrow(x), borrow(y)); });
}

RABBIT_EXPORT int32_t rabbit_equal(Handle self, Handle other) {
  return truth([&] { return borrow(self).equal(borrow(other)); });
}

RABBIT_EXPORT int32_t rabbit_allclose(Handle self, Handle other, double rtol, double atol, uint8_t equal_nan) {
  return truth([&] { return borrow(self).allclose(borrow(other), rtol, atol, equal_nan != 0); });
}

RABBIT_EXPORT Handle rabbit_isclose(Handle self, Handle other, double rtol, double atol, uint8_t equal_nan) {
  return tensor([&] { return borrow(self).isclose(borrow(other), rtol, atol, equal_nan != 0); });
}
