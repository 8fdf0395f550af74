// Attention, normalisation and lookup: what a transformer layer asks for in one call.
#include "border.h"

#if TORCH_VERSION_MAJOR >= 2
#include <ATen/ops/scaled_dot_product_attention.h>
#else
#include <ATen/ops/_scaled_dot_product_attention.h>
#endif
#include <ATen/ops/dropout.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/layer_norm.h>

using namespace rabbit;

/// query, key, value: [..., time, headDim]. A bool mask keeps where it is true, another dtype is added to the scores.
/// causal: query i sees keys 0..i (aligned top-left).
RABBIT_EXPORT Handle rabbit_scaled_dot_product_attention(Handle query, Handle key, Handle value, Handle mask, double dropout,
                                                         uint8_t causal) {
  return tensor([&] {
#if TORCH_VERSION_MAJOR >= 2
    return at::scaled_dot_product_attention(borrow(query), borrow(key), borrow(value), borrow_optional(mask), dropout, causal != 0);
#else
    return std::get<0>(at::_scaled_dot_product_attention(borrow(query), borrow(key), borrow(value), borrow_optional(mask), dropout,
                                                         /*need_attn_weights=*/false, causal != 0));
#endif
  });
}

RABBIT_EXPORT Handle rabbit_layer_norm(Handle self, const int64_t* sizes, int64_t count, Handle weight, Handle bias, double epsilon) {
  return tensor([&] {
    return at::layer_norm(borrow(self), shape(sizes, count), borrow_optional(weight), borrow_optional(bias), epsilon);
  });
}

/// Rows of weight by index: [..] int64 -> [.., width]. padding_index -1 means none.
RABBIT_EXPORT Handle rabbit_embedding(Handle weight, Handle indices, int64_t padding_index, uint8_t scale_by_frequency) {
  return tensor([&] { return at::embedding(borrow(weight), borrow(indices), padding_index, scale_by_frequency != 0, false); });
}

RABBIT_EXPORT Handle rabbit_dropout(Handle self, double p, uint8_t train) {
  return tensor([&] { return at::dropout(borrow(self), p, train != 0); });
}

RABBIT_EXPORT int32_t rabbit_dropout_(Handle self, double p, uint8_t train) {
  return status([&] {
    at::Tensor tensor = borrow(self);
    at::dropout_(tensor, p, train != 0);
  });
}
