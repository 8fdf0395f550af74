// New tensors: filled, counted up, or made from memory that .NET brings.
#include "border.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/complex.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/polar.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <cstring>

using namespace rabbit;

namespace {

template <class Body>
Handle created(const Placement& placement, Body&& body) {
  return tensor([&] {
    at::Tensor result = body(options(placement));
    if (placement.requires_grad) result.set_requires_grad(true);
    return result;
  });
}

}  // namespace

RABBIT_EXPORT Handle rabbit_empty(const int64_t* sizes, int64_t count, Placement placement) {
  return created(placement, [&](auto with) { return at::empty(shape(sizes, count), with); });
}

RABBIT_EXPORT Handle rabbit_zeros(const int64_t* sizes, int64_t count, Placement placement) {
  return created(placement, [&](auto with) { return at::zeros(shape(sizes, count), with); });
}

RABBIT_EXPORT Handle rabbit_ones(const int64_t* sizes, int64_t count, Placement placement) {
  return created(placement, [&](auto with) { return at::ones(shape(sizes, count), with); });
}

RABBIT_EXPORT Handle rabbit_full(const int64_t* sizes, int64_t count, ScalarValue value, Placement placement) {
  return created(placement, [&](auto with) { return at::full(shape(sizes, count), scalar(value), with); });
}

RABBIT_EXPORT Handle rabbit_arange(ScalarValue start, ScalarValue stop, ScalarValue step, Placement placement) {
  return created(placement, [&](auto with) { return at::arange(scalar(start), scalar(stop), scalar(step), with); });
}

RABBIT_EXPORT Handle rabbit_linspace(double start, double end, int64_t steps, Placement placement) {
  return created(placement, [&](auto with) { return at::linspace(start, end, steps, with); });
}

RABBIT_EXPORT Handle rabbit_eye(int64_t rows, int64_t columns, Placement placement) {
  return created(placement, [&](auto with) { return at::eye(rows, columns, with); });
}

RABBIT_EXPORT Handle rabbit_empty_like(Handle self, Placement placement) {
  return created(placement, [&](auto with) { return at::empty_like(borrow(self), with); });
}

RABBIT_EXPORT Handle rabbit_zeros_like(Handle self, Placement placement) {
  return created(placement, [&](auto with) { return at::zeros_like(borrow(self), with); });
}

RABBIT_EXPORT Handle rabbit_ones_like(Handle self, Placement placement) {
  return created(placement, [&](auto with) { return at::ones_like(borrow(self), with); });
}

RABBIT_EXPORT Handle rabbit_full_like(Handle self, ScalarValue value, Placement placement) {
  return created(placement, [&](auto with) { return at::full_like(borrow(self), scalar(value), with); });
}

RABBIT_EXPORT Handle rabbit_complex(Handle real, Handle imag) {
  return tensor([&] { return at::complex(borrow(real), borrow(imag)); });
}

RABBIT_EXPORT Handle rabbit_polar(Handle abs, Handle angle) {
  return tensor([&] { return at::polar(borrow(abs), borrow(angle)); });
}

/// A tensor with a copy of the bytes at data, which hold elements of source_dtype in row-major order.
RABBIT_EXPORT Handle rabbit_from_bytes(const void* data, const int64_t* sizes, int64_t count, int32_t source_dtype,
                                       Placement placement) {
  return created(placement, [&](auto with) {
    at::Tensor copy = at::empty(shape(sizes, count), at::TensorOptions().dtype(static_cast<at::ScalarType>(source_dtype)));
    std::memcpy(copy.data_ptr(), data, copy.nbytes());
    return copy.to(with);
  });
}

/// A tensor over memory that stays .NET's; free_context(context) is called when the last reference is gone.
RABBIT_EXPORT Handle rabbit_from_memory(void* data, const int64_t* sizes, int64_t count, int32_t dtype,
                                        void (*free_context)(void*), void* context) {
  return tensor([&] {
    return at::from_blob(data, shape(sizes, count), [free_context, context](void*) { free_context(context); },
                         at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
  });
}
