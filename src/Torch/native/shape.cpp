// The same elements in another arrangement: views, cuts and joins.
#include "border.h"

#include <ATen/ops/broadcast_tensors.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/hstack.h>
#include <ATen/ops/meshgrid.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/view_as_complex.h>
#include <ATen/ops/view_as_real.h>
#include <ATen/ops/vstack.h>

using namespace rabbit;

#define SIZED(name)                                                                      \
  RABBIT_EXPORT Handle rabbit_##name(Handle self, const int64_t* sizes, int64_t count) { \
    return tensor([&] { return borrow(self).name(shape(sizes, count)); });               \
  }

SIZED(view)
SIZED(reshape)
SIZED(permute)
SIZED(repeat)
SIZED(flip)
SIZED(tile)

RABBIT_EXPORT Handle rabbit_expand(Handle self, const int64_t* sizes, int64_t count, uint8_t is_implicit) {
  return tensor([&] { return borrow(self).expand(shape(sizes, count), is_implicit != 0); });
}

RABBIT_EXPORT Handle rabbit_transpose(Handle self, int64_t dim0, int64_t dim1) {
  return tensor([&] { return borrow(self).transpose(dim0, dim1); });
}

RABBIT_EXPORT Handle rabbit_t(Handle self) {
  return tensor([&] { return borrow(self).t(); });
}

RABBIT_EXPORT Handle rabbit_numpy_T(Handle self) {
  return tensor([&] {
    at::Tensor source = borrow(self);
    std::vector<int64_t> reversed;
    for (int64_t dim = source.dim(); dim-- > 0;) reversed.push_back(dim);
    return source.permute(reversed);
  });
}

RABBIT_EXPORT Handle rabbit_unsqueeze(Handle self, int64_t dim) {
  return tensor([&] { return borrow(self).unsqueeze(dim); });
}

RABBIT_EXPORT int32_t rabbit_unsqueeze_(Handle self, int64_t dim) {
  return status([&] { borrow(self).unsqueeze_(dim); });
}

RABBIT_EXPORT Handle rabbit_squeeze(Handle self, int64_t dim, uint8_t has_dim) {
  return tensor([&] { return has_dim ? borrow(self).squeeze(dim) : borrow(self).squeeze(); });
}

RABBIT_EXPORT int32_t rabbit_squeeze_(Handle self, int64_t dim, uint8_t has_dim) {
  return status([&] { has_dim ? borrow(self).squeeze_(dim) : borrow(self).squeeze_(); });
}

RABBIT_EXPORT Handle rabbit_flatten(Handle self, int64_t start, int64_t end) {
  return tensor([&] { return borrow(self).flatten(start, end); });
}

RABBIT_EXPORT Handle rabbit_unflatten(Handle self, int64_t dim, const int64_t* sizes, int64_t count) {
  return tensor([&] { return borrow(self).unflatten(dim, shape(sizes, count)); });
}

RABBIT_EXPORT Handle rabbit_unfold(Handle self, int64_t dim, int64_t size, int64_t step) {
  return tensor([&] { return borrow(self).unfold(dim, size, step); });
}

RABBIT_EXPORT Handle rabbit_as_strided(Handle self, const int64_t* sizes, int64_t size_count, const int64_t* strides,
                                       int64_t stride_count, int64_t offset) {
  return tensor([&] { return borrow(self).as_strided(shape(sizes, size_count), shape(strides, stride_count), offset); });
}

RABBIT_EXPORT Handle rabbit_movedim(Handle self, const int64_t* source, int64_t source_count, const int64_t* destination,
                                    int64_t destination_count) {
  return tensor([&] { return borrow(self).movedim(shape(source, source_count), shape(destination, destination_count)); });
}

RABBIT_EXPORT Handle rabbit_narrow(Handle self, int64_t dim, int64_t start, int64_t length) {
  return tensor([&] { return borrow(self).narrow(dim, start, length); });
}

RABBIT_EXPORT Handle rabbit_slice(Handle self, int64_t dim, int64_t start, int64_t finish, int64_t step) {
  return tensor([&] { return borrow(self).slice(dim, start, finish, step); });
}

RABBIT_EXPORT Handle rabbit_select(Handle self, int64_t dim, int64_t index) {
  return tensor([&] { return borrow(self).select(dim, index); });
}

RABBIT_EXPORT Handle rabbit_roll(Handle self, const int64_t* shifts, int64_t shift_count, const int64_t* dims, int64_t dim_count) {
  return tensor([&] { return borrow(self).roll(shape(shifts, shift_count), shape(dims, dim_count)); });
}

RABBIT_EXPORT Handle rabbit_repeat_interleave(Handle self, int64_t repeats, int64_t dim, uint8_t has_dim) {
  return tensor([&] { return borrow(self).repeat_interleave(repeats, integer_or_none(dim, has_dim)); });
}

RABBIT_EXPORT Handle rabbit_repeat_interleave_tensor(Handle self, Handle repeats, int64_t dim, uint8_t has_dim) {
  return tensor([&] { return borrow(self).repeat_interleave(borrow(repeats), integer_or_none(dim, has_dim)); });
}

RABBIT_EXPORT Handle rabbit_tril(Handle self, int64_t diagonal) {
  return tensor([&] { return borrow(self).tril(diagonal); });
}

RABBIT_EXPORT Handle rabbit_triu(Handle self, int64_t diagonal) {
  return tensor([&] { return borrow(self).triu(diagonal); });
}

RABBIT_EXPORT int32_t rabbit_tril_(Handle self, int64_t diagonal) {
  return status([&] { borrow(self).tril_(diagonal); });
}

RABBIT_EXPORT int32_t rabbit_triu_(Handle self, int64_t diagonal) {
  return status([&] { borrow(self).triu_(diagonal); });
}

RABBIT_EXPORT Handle rabbit_diagonal(Handle self, int64_t offset, int64_t dim1, int64_t dim2) {
  return tensor([&] { return borrow(self).diagonal(offset, dim1, dim2); });
}

RABBIT_EXPORT Handle rabbit_diag(Handle self, int64_t diagonal) {
  return tensor([&] { return borrow(self).diag(diagonal); });
}

RABBIT_EXPORT Handle rabbit_view_as_complex(Handle self) {
  return tensor([&] { return at::view_as_complex(borrow(self)); });
}

RABBIT_EXPORT Handle rabbit_view_as_real(Handle self) {
  return tensor([&] { return at::view_as_real(borrow(self)); });
}

RABBIT_EXPORT Handle rabbit_cat(const Handle* tensors, int64_t count, int64_t dim) {
  return tensor([&] { return at::cat(borrow_all(tensors, count), dim); });
}

RABBIT_EXPORT Handle rabbit_stack(const Handle* tensors, int64_t count, int64_t dim) {
  return tensor([&] { return at::stack(borrow_all(tensors, count), dim); });
}

RABBIT_EXPORT Handle rabbit_hstack(const Handle* tensors, int64_t count) {
  return tensor([&] { return at::hstack(borrow_all(tensors, count)); });
}

RABBIT_EXPORT Handle rabbit_vstack(const Handle* tensors, int64_t count) {
  return tensor([&] { return at::vstack(borrow_all(tensors, count)); });
}

RABBIT_EXPORT Handle* rabbit_chunk(Handle self, int64_t chunks, int64_t dim, int64_t* count) {
  return list(count, [&] { return borrow(self).chunk(chunks, dim); });
}

RABBIT_EXPORT Handle* rabbit_split(Handle self, int64_t size, int64_t dim, int64_t* count) {
  return list(count, [&] { return borrow(self).split(size, dim); });
}

RABBIT_EXPORT Handle* rabbit_split_with_sizes(Handle self, const int64_t* sizes, int64_t size_count, int64_t dim, int64_t* count) {
  return list(count, [&] { return borrow(self).split_with_sizes(shape(sizes, size_count), dim); });
}

RABBIT_EXPORT Handle* rabbit_unbind(Handle self, int64_t dim, int64_t* count) {
  return list(count, [&] { return borrow(self).unbind(dim); });
}

RABBIT_EXPORT Handle* rabbit_meshgrid(const Handle* tensors, int64_t tensor_count, const char* indexing, int64_t* count) {
  return list(count, [&] { return at::meshgrid(borrow_all(tensors, tensor_count), indexing); });
}

RABBIT_EXPORT Handle* rabbit_broadcast_tensors(const Handle* tensors, int64_t tensor_count, int64_t* count) {
  return list(count, [&] { return at::broadcast_tensors(borrow_all(tensors, tensor_count)); });
}
