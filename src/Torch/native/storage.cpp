// What a tensor is (shape, strides, dtype, place) and the memory behind it.
#include "border.h"

using namespace rabbit;

RABBIT_EXPORT int64_t rabbit_dim(Handle self) { return self->dim(); }
RABBIT_EXPORT int64_t rabbit_numel(Handle self) { return self->numel(); }
RABBIT_EXPORT const int64_t* rabbit_sizes(Handle self) { return self->sizes().data(); }
RABBIT_EXPORT int32_t rabbit_dtype(Handle self) { return static_cast<int32_t>(c10::typeMetaToScalarType(self->dtype())); }
RABBIT_EXPORT int64_t rabbit_element_size(Handle self) { return static_cast<int64_t>(self->itemsize()); }
RABBIT_EXPORT int32_t rabbit_device_type(Handle self) { return static_cast<int32_t>(self->device_type()); }
RABBIT_EXPORT int32_t rabbit_device_index(Handle self) { return self->device().index(); }
RABBIT_EXPORT int32_t rabbit_is_contiguous(Handle self) { return self->is_contiguous() ? 1 : 0; }

RABBIT_EXPORT int32_t rabbit_size(Handle self, int64_t dim, int64_t* result) {
  return status([&] { *result = borrow(self).size(dim); });
}

RABBIT_EXPORT int32_t rabbit_strides(Handle self, int64_t* result) {
  return status([&] {
    auto strides = borrow(self).strides();
    std::copy(strides.begin(), strides.end(), result);
  });
}

RABBIT_EXPORT int32_t rabbit_stride(Handle self, int64_t dim, int64_t* result) {
  return status([&] { *result = borrow(self).stride(dim); });
}

RABBIT_EXPORT int32_t rabbit_storage_offset(Handle self, int64_t* result) {
  return status([&] { *result = borrow(self).storage_offset(); });
}

RABBIT_EXPORT int32_t rabbit_storage_bytes(Handle self, int64_t* result) {
  return status([&] { *result = static_cast<int64_t>(borrow(self).storage().nbytes()); });
}

/// The address of the first element, wherever the tensor lives; null for a tensor without elements.
RABBIT_EXPORT int32_t rabbit_data(Handle self, void** result) {
  return status([&] { *result = borrow(self).data_ptr(); });
}

RABBIT_EXPORT int32_t rabbit_is_pinned(Handle self) {
  return truth([&] { return borrow(self).is_pinned(); });
}

RABBIT_EXPORT Handle rabbit_pin_memory(Handle self) {
  return tensor([&] { return borrow(self).pin_memory(); });
}

/// A second reference to the same tensor.
RABBIT_EXPORT Handle rabbit_alias(Handle self) {
  return tensor([&] { return borrow(self); });
}

RABBIT_EXPORT Handle rabbit_clone(Handle self) {
  return tensor([&] { return borrow(self).clone(); });
}

RABBIT_EXPORT Handle rabbit_contiguous(Handle self) {
  return tensor([&] { return borrow(self).contiguous(); });
}

RABBIT_EXPORT int32_t rabbit_copy_(Handle self, Handle source, uint8_t non_blocking) {
  return status([&] { borrow(self).copy_(borrow(source), non_blocking != 0); });
}

RABBIT_EXPORT int32_t rabbit_set_(Handle self, Handle source) {
  return status([&] { borrow(self).set_(borrow(source)); });
}

/// Moves and casts; what the placement leaves open stays as it is.
RABBIT_EXPORT Handle rabbit_to(Handle self, Placement placement, uint8_t copy, uint8_t non_blocking) {
  return tensor([&] { return borrow(self).to(options(placement), non_blocking != 0, copy != 0); });
}

RABBIT_EXPORT int32_t rabbit_item(Handle self, ScalarValue* result) {
  return status([&] {
    at::Scalar value = borrow(self).item();
    *result = {};
    if (value.isBoolean()) {
      *result = {ScalarValue::Boolean, value.toBool() ? 1 : 0, 0, 0};
    } else if (value.isIntegral(false)) {
      *result = {ScalarValue::Integer, value.toLong(), 0, 0};
    } else if (value.isComplex()) {
      auto complex = value.toComplexDouble();
      *result = {ScalarValue::Complex, 0, complex.real(), complex.imag()};
    } else {
      *result = {ScalarValue::Real, 0, value.toDouble(), 0};
    }
  });
}
