// Many elements to fewer: sums, extremes, order, and the functions that normalise along an axis.
#include "border.h"

using namespace rabbit;

#define OVER_ALL(name) \
  RABBIT_EXPORT Handle rabbit_##name(Handle self) { return tensor([&] { return borrow(self).name(); }); }

#define OVER_DIM(name)                                                                \
  RABBIT_EXPORT Handle rabbit_##name##_dim(Handle self, int64_t dim, uint8_t keepdim) { \
    return tensor([&] { return borrow(self).name(dim, keepdim != 0); });              \
  }

OVER_ALL(max)
OVER_ALL(min)
OVER_ALL(all)
OVER_ALL(any)
OVER_ALL(median)
OVER_DIM(all)
OVER_DIM(any)
OVER_DIM(argmax)
OVER_DIM(argmin)
OVER_DIM(logsumexp)
OVER_ALL(argmax)
OVER_ALL(argmin)

RABBIT_EXPORT int32_t rabbit_max_dim(Handle self, int64_t dim, uint8_t keepdim, Handle* values, Handle* indices) {
  return pair(values, indices, [&] { return borrow(self).max(dim, keepdim != 0); });
}

RABBIT_EXPORT int32_t rabbit_min_dim(Handle self, int64_t dim, uint8_t keepdim, Handle* values, Handle* indices) {
  return pair(values, indices, [&] { return borrow(self).min(dim, keepdim != 0); });
}

RABBIT_EXPORT Handle rabbit_sum(Handle self, int32_t dtype) {
  return tensor([&] { return borrow(self).sum(dtype_or_none(dtype)); });
}

RABBIT_EXPORT Handle rabbit_sum_dims(Handle self, const int64_t* dims, int64_t count, uint8_t keepdim, int32_t dtype) {
  return tensor([&] { return borrow(self).sum(shape(dims, count), keepdim != 0, dtype_or_none(dtype)); });
}

RABBIT_EXPORT Handle rabbit_mean(Handle self) {
  return tensor([&] { return borrow(self).mean(); });
}

RABBIT_EXPORT Handle rabbit_mean_dims(Handle self, const int64_t* dims, int64_t count, uint8_t keepdim, int32_t dtype) {
  return tensor([&] { return borrow(self).mean(shape(dims, count), keepdim != 0, dtype_or_none(dtype)); });
}

RABBIT_EXPORT Handle rabbit_prod(Handle self, int32_t dtype) {
  return tensor([&] { return borrow(self).prod(dtype_or_none(dtype)); });
}

RABBIT_EXPORT Handle rabbit_prod_dim(Handle self, int64_t dim, uint8_t keepdim, int32_t dtype) {
  return tensor([&] { return borrow(self).prod(dim, keepdim != 0, dtype_or_none(dtype)); });
}

RABBIT_EXPORT Handle rabbit_var(Handle self, uint8_t unbiased) {
  return tensor([&] { return borrow(self).var(unbiased != 0); });
}

RABBIT_EXPORT Handle rabbit_var_dims(Handle self, const int64_t* dims, int64_t count, uint8_t unbiased, uint8_t keepdim) {
  return tensor([&] { return borrow(self).var(shape(dims, count), unbiased != 0, keepdim != 0); });
}

RABBIT_EXPORT Handle rabbit_std(Handle self, uint8_t unbiased) {
  return tensor([&] { return borrow(self).std(unbiased != 0); });
}

RABBIT_EXPORT Handle rabbit_std_dims(Handle self, const int64_t* dims, int64_t count, uint8_t unbiased, uint8_t keepdim) {
  return tensor([&] { return borrow(self).std(shape(dims, count), unbiased != 0, keepdim != 0); });
}

RABBIT_EXPORT Handle rabbit_amax(Handle self, const int64_t* dims, int64_t count, uint8_t keepdim) {
  return tensor([&] { return borrow(self).amax(shape(dims, count), keepdim != 0); });
}

RABBIT_EXPORT Handle rabbit_amin(Handle self, const int64_t* dims, int64_t count, uint8_t keepdim) {
  return tensor([&] { return borrow(self).amin(shape(dims, count), keepdim != 0); });
}

RABBIT_EXPORT Handle rabbit_norm(Handle self, double p) {
  return tensor([&] { return borrow(self).norm(at::Scalar(p)); });
}

RABBIT_EXPORT Handle rabbit_norm_dim(Handle self, int64_t dim, uint8_t keepdim, double p) {
  return tensor([&] { return borrow(self).norm(Optional<at::Scalar>(p), at::IntArrayRef(dim), keepdim != 0); });
}

RABBIT_EXPORT Handle rabbit_cumsum(Handle self, int64_t dim, int32_t dtype) {
  return tensor([&] { return borrow(self).cumsum(dim, dtype_or_none(dtype)); });
}

RABBIT_EXPORT Handle rabbit_softmax(Handle self, int64_t dim, int32_t dtype) {
  return tensor([&] { return borrow(self).softmax(dim, dtype_or_none(dtype)); });
}

RABBIT_EXPORT Handle rabbit_log_softmax(Handle self, int64_t dim, int32_t dtype) {
  return tensor([&] { return borrow(self).log_softmax(dim, dtype_or_none(dtype)); });
}

RABBIT_EXPORT int32_t rabbit_topk(Handle self, int64_t k, int64_t dim, uint8_t largest, uint8_t sorted, Handle* values,
                                  Handle* indices) {
  return pair(values, indices, [&] { return borrow(self).topk(k, dim, largest != 0, sorted != 0); });
}

RABBIT_EXPORT int32_t rabbit_sort(Handle self, int64_t dim, uint8_t descending, uint8_t stable, Handle* values, Handle* indices) {
  return pair(values, indices, [&] { return borrow(self).sort(Optional<bool>(stable != 0), dim, descending != 0); });
}

RABBIT_EXPORT Handle rabbit_argsort(Handle self, int64_t dim, uint8_t descending) {
  return tensor([&] { return borrow(self).argsort(dim, descending != 0); });
}

RABBIT_EXPORT Handle rabbit_count_nonzero(Handle self, const int64_t* dims, int64_t count) {
  return tensor([&] { return borrow(self).count_nonzero(shape(dims, count)); });
}

RABBIT_EXPORT Handle rabbit_nonzero(Handle self) {
  return tensor([&] { return borrow(self).nonzero(); });
}

RABBIT_EXPORT Handle rabbit_bincount(Handle self, Handle weights, int64_t minlength) {
  return tensor([&] { return borrow(self).bincount(borrow_optional(weights), minlength); });
}
