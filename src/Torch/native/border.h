// The border between .NET and libtorch: what crosses it, who owns it, and how an error comes back.
//
// A tensor crosses as a Handle: one counted reference to a c10::TensorImpl. The managed Tensor owns it and gives it
// back through rabbit_release. A null handle is "no tensor". No exception crosses: a call that fails returns a null
// handle (or a nonzero status) and leaves its message for rabbit_take_error, per thread.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>
#include <torch/version.h>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <utility>
#include <vector>

// libtorch's optional became the standard's on the way from 2.2 to 2.4.
#define RABBIT_STANDARD_OPTIONAL (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4))
#if RABBIT_STANDARD_OPTIONAL
#include <optional>
#endif

#define RABBIT_EXPORT extern "C" __attribute__((visibility("default")))

namespace rabbit {

#if RABBIT_STANDARD_OPTIONAL
template <class T>
using Optional = std::optional<T>;
#else
template <class T>
using Optional = c10::optional<T>;
#endif

using Handle = c10::TensorImpl*;

/// A number with its kind, as the managed Scalar holds it; kind None means that no number was given.
struct ScalarValue {
  enum Kind : int64_t { None = 0, Boolean = 1, Integer = 2, Real = 3, Complex = 4 };
  int64_t kind;
  int64_t integer;
  double real;
  double imaginary;
};

/// Where and how a new tensor is made; dtype -1 means libtorch's choice, device type -1 likewise.
struct Placement {
  int32_t dtype;
  int32_t device_type;
  int32_t device_index;
  int32_t requires_grad;
};

void remember_error(const char* message);

/// The tensor behind a handle, with a reference of its own for the duration of the call.
inline at::Tensor borrow_or_none(Handle handle) {
  if (handle == nullptr) return {};
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(handle));
}

inline at::Tensor borrow(Handle handle) {
  if (handle == nullptr) throw std::invalid_argument("A tensor argument is null.");
  return borrow_or_none(handle);
}

inline Optional<at::Tensor> borrow_optional(Handle handle) {
  if (handle == nullptr) return {};
  return borrow(handle);
}

/// Hands the reference over to the managed side.
inline Handle release(at::Tensor&& tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

inline std::vector<at::Tensor> borrow_all(const Handle* handles, int64_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int64_t i = 0; i < count; i++) tensors.push_back(borrow_or_none(handles[i]));
  return tensors;
}

inline at::IntArrayRef shape(const int64_t* sizes, int64_t count) {
  return at::IntArrayRef(sizes, static_cast<size_t>(count));
}

at::Scalar scalar(const ScalarValue& value);

inline Optional<at::Scalar> scalar_or_none(const ScalarValue& value) {
  if (value.kind == ScalarValue::None) return {};
  return scalar(value);
}

inline Optional<at::ScalarType> dtype_or_none(int32_t dtype) {
  if (dtype < 0) return {};
  return static_cast<at::ScalarType>(dtype);
}

inline Optional<int64_t> integer_or_none(int64_t value, uint8_t present) {
  if (!present) return {};
  return value;
}

at::TensorOptions options(const Placement& placement);

/// Runs the body; on an exception remembers its message and returns the fallback.
template <class T, class Body>
T guarded(T fallback, Body&& body) noexcept {
  try {
    return body();
  } catch (const c10::Error& error) {
    remember_error(error.what_without_backtrace());
  } catch (const std::exception& error) {
    remember_error(error.what());
  } catch (...) {
    remember_error("libtorch threw something that is not an exception.");
  }
  return fallback;
}

/// The body returns a tensor, which the managed side then owns.
template <class Body>
Handle tensor(Body&& body) noexcept {
  return guarded<Handle>(nullptr, [&] { return release(body()); });
}

/// The body returns nothing; 0 means that it went well.
template <class Body>
int32_t status(Body&& body) noexcept {
  return guarded<int32_t>(-1, [&] {
    body();
    return 0;
  });
}

/// The body returns a bool; 1, 0, or -1 for an error.
template <class Body>
int32_t truth(Body&& body) noexcept {
  return guarded<int32_t>(-1, [&] { return body() ? 1 : 0; });
}

/// The body returns a pair of tensors.
template <class Body>
int32_t pair(Handle* first, Handle* second, Body&& body) noexcept {
  *first = *second = nullptr;
  return status([&] {
    auto both = body();
    *first = release(std::move(std::get<0>(both)));
    *second = release(std::move(std::get<1>(both)));
  });
}

/// The body returns a vector of tensors: an array of handles, to be freed with rabbit_free, and their number.
template <class Body>
Handle* list(int64_t* count, Body&& body) noexcept {
  *count = 0;
  return guarded<Handle*>(nullptr, [&] {
    std::vector<at::Tensor> tensors = body();
    auto* handles = static_cast<Handle*>(std::malloc(sizeof(Handle) * (tensors.size() + 1)));
    for (size_t i = 0; i < tensors.size(); i++) handles[i] = release(std::move(tensors[i]));
    *count = static_cast<int64_t>(tensors.size());
    return handles;
  });
}

}  // namespace rabbit
