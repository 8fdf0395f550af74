// Losses. reduction: 0 none, 1 mean, 2 sum, as libtorch counts them.
#include "border.h"

#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/nll_loss_nd.h>

using namespace rabbit;

RABBIT_EXPORT Handle rabbit_cross_entropy(Handle input, Handle target, Handle weight, int64_t reduction, int64_t ignore_index,
                                          double label_smoothing) {
  return tensor([&] {
    return at::cross_entropy_loss(borrow(input), borrow(target), borrow_optional(weight), reduction, ignore_index, label_smoothing);
  });
}

RABBIT_EXPORT Handle rabbit_nll_loss(Handle input, Handle target, Handle weight, int64_t reduction, int64_t ignore_index) {
  return tensor([&] { return at::nll_loss_nd(borrow(input), borrow(target), borrow_optional(weight), reduction, ignore_index); });
}

RABBIT_EXPORT Handle rabbit_mse_loss(Handle input, Handle target, int64_t reduction) {
  return tensor([&] { return at::mse_loss(borrow(input), borrow(target), reduction); });
}
