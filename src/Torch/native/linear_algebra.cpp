// Products of vectors and matrices, and decompositions.
#include "border.h"

#include <ATen/ops/einsum.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/linalg_svdvals.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/linear.h>

using namespace rabbit;

#define PRODUCT(name)                                             \
  RABBIT_EXPORT Handle rabbit_##name(Handle self, Handle other) {  \
    return tensor([&] { return borrow(self).name(borrow(other)); }); \
  }

PRODUCT(matmul)
PRODUCT(mm)
PRODUCT(bmm)
PRODUCT(mv)
PRODUCT(dot)
PRODUCT(outer)

RABBIT_EXPORT Handle rabbit_addmm(Handle self, Handle mat1, Handle mat2, double beta, double alpha) {
  return tensor([&] { return borrow(self).addmm(borrow(mat1), borrow(mat2), beta, alpha); });
}

RABBIT_EXPORT Handle rabbit_baddbmm(Handle self, Handle batch1, Handle batch2, double beta, double alpha) {
  return tensor([&] { return borrow(self).baddbmm(borrow(batch1), borrow(batch2), beta, alpha); });
}

RABBIT_EXPORT Handle rabbit_einsum(const char* equation, const Handle* operands, int64_t count) {
  return tensor([&] { return at::einsum(equation, borrow_all(operands, count)); });
}

/// input times weight transposed, plus bias where there is one.
RABBIT_EXPORT Handle rabbit_linear(Handle input, Handle weight, Handle bias) {
  return tensor([&] { return at::linear(borrow(input), borrow(weight), borrow_optional(bias)); });
}

RABBIT_EXPORT int32_t rabbit_linalg_svd(Handle self, uint8_t full_matrices, Handle* u, Handle* s, Handle* vh) {
  *u = *s = *vh = nullptr;
  return status([&] {
    auto parts = at::linalg_svd(borrow(self), full_matrices != 0);
    *u = release(std::move(std::get<0>(parts)));
    *s = release(std::move(std::get<1>(parts)));
    *vh = release(std::move(std::get<2>(parts)));
  });
}

RABBIT_EXPORT int32_t rabbit_linalg_eigh(Handle self, const char* triangle, Handle* values, Handle* vectors) {
  return pair(values, vectors, [&] { return at::linalg_eigh(borrow(self), triangle); });
}

RABBIT_EXPORT Handle rabbit_linalg_svdvals(Handle self) {
  return tensor([&] { return at::linalg_svdvals(borrow(self)); });
}

/// The p-norm over axes; no axes means all.
RABBIT_EXPORT Handle rabbit_linalg_vector_norm(Handle self, double p, const int64_t* dims, int64_t count, uint8_t keepdim) {
  return tensor([&] {
    if (count == 0) return at::linalg_vector_norm(borrow(self), p, at::OptionalIntArrayRef(), keepdim != 0);
    return at::linalg_vector_norm(borrow(self), p, shape(dims, count), keepdim != 0);
  });
}

RABBIT_EXPORT Handle rabbit_trace(Handle self) {
  return tensor([&] { return borrow(self).trace(); });
}
