#include "border.h"

#include <cstdlib>
#include <string>

namespace rabbit {

namespace {
thread_local std::string last_error;
thread_local bool has_error = false;
}  // namespace

void remember_error(const char* message) {
  last_error = message;
  has_error = true;
}

at::Scalar scalar(const ScalarValue& value) {
  switch (value.kind) {
    case ScalarValue::Boolean: return at::Scalar(value.integer != 0);
    case ScalarValue::Integer: return at::Scalar(value.integer);
    case ScalarValue::Real: return at::Scalar(value.real);
    case ScalarValue::Complex: return at::Scalar(c10::complex<double>(value.real, value.imaginary));
    default: throw std::invalid_argument("A scalar argument is null.");
  }
}

at::TensorOptions options(const Placement& placement) {
  at::TensorOptions result;
  if (placement.dtype >= 0) result = result.dtype(static_cast<at::ScalarType>(placement.dtype));
  if (placement.device_type >= 0)
    result = result.device(at::Device(static_cast<at::DeviceType>(placement.device_type),
                                      static_cast<at::DeviceIndex>(placement.device_index)));
  return result;
}

}  // namespace rabbit

/// The message of this thread's last failed call, or null; valid until the thread's next failure. Forgets it.
RABBIT_EXPORT const char* rabbit_take_error() {
  if (!rabbit::has_error) return nullptr;
  rabbit::has_error = false;
  return rabbit::last_error.c_str();
}

/// Gives back one reference to a tensor.
RABBIT_EXPORT void rabbit_release(rabbit::Handle handle) {
  auto last_use = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(handle);
}

/// Frees an array that a call returned.
RABBIT_EXPORT void rabbit_free(void* memory) { std::free(memory); }
