// Reading and writing elements by position.
#include "border.h"

#include <ATen/TensorIndexing.h>
#include <ATen/ops/alias.h>

using namespace rabbit;
using at::indexing::TensorIndex;

namespace {

/// One part of x[a, b:c, ...], as the managed TensorIndex lays it out.
struct IndexPart {
  enum Kind : int64_t { None = 0, Single = 1, Ellipsis = 2, Boolean = 3, Tensor = 4, Slice = 5 };
  int64_t kind;
  int64_t start;
  int64_t stop;
  int64_t step;
  uint8_t has_start, has_stop, has_step;
  Handle tensor;
};

TensorIndex index_part(const IndexPart& part) {
  switch (part.kind) {
    case IndexPart::Single: return TensorIndex(part.start);
    case IndexPart::Ellipsis: return TensorIndex(at::indexing::Ellipsis);
    case IndexPart::Boolean: return TensorIndex(part.start != 0);
    case IndexPart::Tensor: return TensorIndex(borrow(part.tensor));
    case IndexPart::Slice: {
      auto bound = [](int64_t value, uint8_t present) {
        return present ? Optional<int64_t>(value) : Optional<int64_t>();
      };
      return TensorIndex(at::indexing::Slice(bound(part.start, part.has_start), bound(part.stop, part.has_stop),
                                             bound(part.step, part.has_step)));
    }
    default: return TensorIndex(at::indexing::None);
  }
}

std::vector<TensorIndex> index_parts(const IndexPart* parts, int64_t count) {
  std::vector<TensorIndex> indices;
  indices.reserve(count);
  for (int64_t i = 0; i < count; i++) indices.push_back(index_part(parts[i]));
  return indices;
}

/// Whether the parts only cut a view: then no TensorIndex is needed, which saves half of the call's time.
bool only_cut(const IndexPart* parts, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    const IndexPart& part = parts[i];
    if (part.kind == IndexPart::Boolean || part.kind == IndexPart::Tensor) return false;
    if (part.kind == IndexPart::Slice && part.has_step && part.step <= 0) return false;
  }
  return true;
}

/// `:` and `0:`, and so C#'s `..` too.
bool is_whole_axis(const IndexPart& part) {
  return part.start == 0 && !part.has_stop && (!part.has_step || part.step == 1);
}

at::Tensor select_checked(const at::Tensor& view, int64_t dim, int64_t index, int64_t part) {
  int64_t size = view.size(dim);
  TORCH_CHECK_INDEX(-size <= index && index < size, "index ", index, " is out of bounds for dimension ", part, " with size ", size);
  return view.select(dim, index);
}

at::Tensor cut(const at::Tensor& whole, const IndexPart* parts, int64_t count) {
  int64_t axes = 0;
  for (int64_t i = 0; i < count; i++) axes += parts[i].kind == IndexPart::Single || parts[i].kind == IndexPart::Slice;
  TORCH_CHECK_INDEX(axes <= whole.dim(), "too many indices for tensor of dimension ", whole.dim());
  at::Tensor view = whole;
  int64_t dim = 0;
  for (int64_t i = 0; i < count; i++) {
    const IndexPart& part = parts[i];
    switch (part.kind) {
      case IndexPart::Single: view = select_checked(view, dim, part.start, i); break;
      case IndexPart::Ellipsis: dim += whole.dim() - axes; break;
      case IndexPart::Slice:
        if (!is_whole_axis(part))
          view = view.slice(dim, integer_or_none(part.start, part.has_start), integer_or_none(part.stop, part.has_stop),
                            part.has_step ? part.step : 1);
        dim++;
        break;
      default: view = view.unsqueeze(dim++); break;
    }
  }
  return view.is_same(whole) ? at::alias(whole) : view;
}

c10::List<Optional<at::Tensor>> index_tensors(const Handle* handles, int64_t count) {
  c10::List<Optional<at::Tensor>> indices;
  for (int64_t i = 0; i < count; i++) indices.push_back(borrow_optional(handles[i]));
  return indices;
}

}  // namespace

RABBIT_EXPORT Handle rabbit_index(Handle self, const IndexPart* parts, int64_t count) {
  return tensor([&] {
    if (only_cut(parts, count)) return cut(borrow(self), parts, count);
    return borrow(self).index(index_parts(parts, count));
  });
}

RABBIT_EXPORT int32_t rabbit_index_put_(Handle self, const IndexPart* parts, int64_t count, Handle value) {
  return status([&] { borrow(self).index_put_(index_parts(parts, count), borrow(value)); });
}

RABBIT_EXPORT int32_t rabbit_index_put_scalar_(Handle self, const IndexPart* parts, int64_t count, ScalarValue value) {
  return status([&] { borrow(self).index_put_(index_parts(parts, count), scalar(value)); });
}

RABBIT_EXPORT Handle rabbit_index_tensors(Handle self, const Handle* indices, int64_t count) {
  return tensor([&] { return borrow(self).index(index_tensors(indices, count)); });
}

RABBIT_EXPORT int32_t rabbit_index_put_tensors_(Handle self, const Handle* indices, int64_t count, Handle value, uint8_t accumulate) {
  return status([&] { borrow(self).index_put_(index_tensors(indices, count), borrow(value), accumulate != 0); });
}

/// self[i1, i2, ...] for plain numbers: a view of what is left.
RABBIT_EXPORT Handle rabbit_get(Handle self, const int64_t* indices, int64_t count) {
  return tensor([&] {
    at::Tensor view = borrow(self);
    for (int64_t i = 0; i < count; i++) view = view.select(0, indices[i]);
    return view;
  });
}

RABBIT_EXPORT int32_t rabbit_set(Handle self, const int64_t* indices, int64_t count, Handle value) {
  return status([&] {
    at::Tensor view = borrow(self);
    for (int64_t i = 0; i < count; i++) view = view.select(0, indices[i]);
    view.copy_(borrow(value));
  });
}

RABBIT_EXPORT Handle rabbit_index_select(Handle self, int64_t dim, Handle index) {
  return tensor([&] { return borrow(self).index_select(dim, borrow(index)); });
}

RABBIT_EXPORT Handle rabbit_gather(Handle self, int64_t dim, Handle index) {
  return tensor([&] { return borrow(self).gather(dim, borrow(index)); });
}

RABBIT_EXPORT Handle rabbit_take(Handle self, Handle index) {
  return tensor([&] { return borrow(self).take(borrow(index)); });
}

#define INDEXED_WITH_SOURCE(name)                                                                 \
  RABBIT_EXPORT Handle rabbit_##name(Handle self, int64_t dim, Handle index, Handle source) {     \
    return tensor([&] { return borrow(self).name(dim, borrow(index), borrow(source)); });         \
  }                                                                                               \
  RABBIT_EXPORT int32_t rabbit_##name##_(Handle self, int64_t dim, Handle index, Handle source) { \
    return status([&] { borrow(self).name##_(dim, borrow(index), borrow(source)); });             \
  }

INDEXED_WITH_SOURCE(scatter)
INDEXED_WITH_SOURCE(scatter_add)
INDEXED_WITH_SOURCE(index_copy)

RABBIT_EXPORT Handle rabbit_index_add(Handle self, int64_t dim, Handle index, Handle source, ScalarValue alpha) {
  return tensor([&] { return borrow(self).index_add(dim, borrow(index), borrow(source), scalar(alpha)); });
}

RABBIT_EXPORT int32_t rabbit_index_add_(Handle self, int64_t dim, Handle index, Handle source, ScalarValue alpha) {
  return status([&] { borrow(self).index_add_(dim, borrow(index), borrow(source), scalar(alpha)); });
}

RABBIT_EXPORT Handle rabbit_index_fill(Handle self, int64_t dim, Handle index, ScalarValue value) {
  return tensor([&] { return borrow(self).index_fill(dim, borrow(index), scalar(value)); });
}

RABBIT_EXPORT int32_t rabbit_index_fill_(Handle self, int64_t dim, Handle index, ScalarValue value) {
  return status([&] { borrow(self).index_fill_(dim, borrow(index), scalar(value)); });
}

RABBIT_EXPORT Handle rabbit_masked_fill(Handle self, Handle mask, ScalarValue value) {
  return tensor([&] { return borrow(self).masked_fill(borrow(mask), scalar(value)); });
}

RABBIT_EXPORT int32_t rabbit_masked_fill_(Handle self, Handle mask, ScalarValue value) {
  return status([&] { borrow(self).masked_fill_(borrow(mask), scalar(value)); });
}

RABBIT_EXPORT Handle rabbit_masked_select(Handle self, Handle mask) {
  return tensor([&] { return borrow(self).masked_select(borrow(mask)); });
}
