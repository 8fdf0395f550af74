// Gradients: which tensors want them, computing them, and switching the recording off.
#include "border.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace rabbit;

RABBIT_EXPORT int32_t rabbit_requires_grad(Handle self) {
  return truth([&] { return borrow(self).requires_grad(); });
}

RABBIT_EXPORT int32_t rabbit_set_requires_grad(Handle self, uint8_t value) {
  return status([&] { borrow(self).requires_grad_(value != 0); });
}

RABBIT_EXPORT int32_t rabbit_is_leaf(Handle self) {
  return truth([&] { return borrow(self).is_leaf(); });
}

RABBIT_EXPORT int32_t rabbit_retain_grad(Handle self) {
  return status([&] { borrow(self).retain_grad(); });
}

RABBIT_EXPORT Handle rabbit_detach(Handle self) {
  return tensor([&] { return borrow(self).detach(); });
}

RABBIT_EXPORT int32_t rabbit_detach_(Handle self) {
  return status([&] { borrow(self).detach_(); });
}

/// The gradient, or null (without an error) where there is none.
RABBIT_EXPORT Handle rabbit_grad(Handle self) {
  return tensor([&] { return borrow(self).grad(); });
}

RABBIT_EXPORT int32_t rabbit_set_grad(Handle self, Handle value) {
  return status([&] { borrow(self).mutable_grad() = borrow_or_none(value); });
}

RABBIT_EXPORT int32_t rabbit_backward(const Handle* roots, int64_t root_count, const Handle* gradients, int64_t gradient_count,
                                      uint8_t retain_graph, uint8_t create_graph, const Handle* inputs, int64_t input_count) {
  return status([&] {
    torch::autograd::backward(borrow_all(roots, root_count), borrow_all(gradients, gradient_count), retain_graph != 0,
                              create_graph != 0, borrow_all(inputs, input_count));
  });
}

/// One handle for each input; null where allow_unused leaves an input without a gradient.
RABBIT_EXPORT Handle* rabbit_autograd_grad(const Handle* outputs, int64_t output_count, const Handle* inputs, int64_t input_count,
                                           const Handle* gradients, int64_t gradient_count, uint8_t retain_graph,
                                           uint8_t create_graph, uint8_t allow_unused, int64_t* count) {
  return list(count, [&] {
    return torch::autograd::grad(borrow_all(outputs, output_count), borrow_all(inputs, input_count),
                                 borrow_all(gradients, gradient_count), retain_graph != 0, create_graph != 0, allow_unused != 0);
  });
}

RABBIT_EXPORT int32_t rabbit_grad_enabled() { return c10::GradMode::is_enabled() ? 1 : 0; }
RABBIT_EXPORT void rabbit_set_grad_enabled(uint8_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

RABBIT_EXPORT int32_t rabbit_inference_mode_enabled() { return c10::InferenceMode::is_enabled() ? 1 : 0; }
RABBIT_EXPORT void* rabbit_enter_inference_mode(uint8_t enabled) { return new c10::InferenceMode(enabled != 0); }
RABBIT_EXPORT void rabbit_leave_inference_mode(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
