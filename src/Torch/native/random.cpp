// Random numbers. A generator crosses as a pointer to an at::Generator; null means the device's own.
#include "border.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/bernoulli.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/rand_like.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randint_like.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/randn_like.h>
#include <ATen/ops/randperm.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <mutex>

using namespace rabbit;

namespace {

Optional<at::Generator> generator_or_none(const at::Generator* generator) {
  if (generator == nullptr) return {};
  return *generator;
}

template <class Body>
Handle drawn(const Placement& placement, Body&& body) {
  return tensor([&] {
    at::Tensor result = body(options(placement));
    if (placement.requires_grad) result.set_requires_grad(true);
    return result;
  });
}

}  // namespace

RABBIT_EXPORT at::Generator* rabbit_generator_new(uint64_t seed, int32_t device_type, int32_t device_index) {
  return guarded<at::Generator*>(nullptr, [&] {
    if (static_cast<at::DeviceType>(device_type) == at::kCPU) return new at::Generator(at::detail::createCPUGenerator(seed));
    auto device = at::Device(static_cast<at::DeviceType>(device_type), static_cast<at::DeviceIndex>(device_index));
    at::Generator generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    return new at::Generator(generator);
  });
}

RABBIT_EXPORT at::Generator* rabbit_generator_default() {
  return guarded<at::Generator*>(nullptr, [&] { return new at::Generator(at::detail::getDefaultCPUGenerator()); });
}

RABBIT_EXPORT void rabbit_generator_delete(at::Generator* generator) { delete generator; }

RABBIT_EXPORT int32_t rabbit_generator_seed(at::Generator* generator, uint64_t seed) {
  return status([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_current_seed(seed);
  });
}

RABBIT_EXPORT int32_t rabbit_generator_initial_seed(at::Generator* generator, uint64_t* seed) {
  return status([&] { *seed = generator->current_seed(); });
}

RABBIT_EXPORT Handle rabbit_generator_state(at::Generator* generator) {
  return tensor([&] { return generator->get_state(); });
}

RABBIT_EXPORT int32_t rabbit_generator_set_state(at::Generator* generator, Handle state) {
  return status([&] { generator->set_state(borrow(state)); });
}

/// Seeds the generators of all devices.
RABBIT_EXPORT int32_t rabbit_manual_seed(uint64_t seed) {
  return status([&] { at::manual_seed(seed); });
}

/// Seeds the generators of the CUDA devices first .. last - 1.
RABBIT_EXPORT int32_t rabbit_cuda_manual_seed(uint64_t seed, int32_t first, int32_t last) {
  return status([&] {
    for (int32_t index = first; index < last; index++) {
      at::Generator generator = at::globalContext().defaultGenerator(at::Device(at::kCUDA, static_cast<at::DeviceIndex>(index)));
      std::lock_guard<std::mutex> lock(generator.mutex());
      generator.set_current_seed(seed);
    }
  });
}

RABBIT_EXPORT int32_t rabbit_cuda_current_device() {
  return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(c10::impl::VirtualGuardImpl(at::kCUDA).getDevice().index()); });
}

RABBIT_EXPORT Handle rabbit_rand(const int64_t* sizes, int64_t count, const at::Generator* generator, Placement placement) {
  return drawn(placement, [&](auto with) { return at::rand(shape(sizes, count), generator_or_none(generator), with); });
}

RABBIT_EXPORT Handle rabbit_randn(const int64_t* sizes, int64_t count, const at::Generator* generator, Placement placement) {
  return drawn(placement, [&](auto with) { return at::randn(shape(sizes, count), generator_or_none(generator), with); });
}

RABBIT_EXPORT Handle rabbit_randint(int64_t low, int64_t high, const int64_t* sizes, int64_t count, const at::Generator* generator,
                                    Placement placement) {
  return drawn(placement, [&](auto with) {
    return at::randint(low, high, shape(sizes, count), generator_or_none(generator), with);
  });
}

RABBIT_EXPORT Handle rabbit_randperm(int64_t n, const at::Generator* generator, Placement placement) {
  return drawn(placement, [&](auto with) { return at::randperm(n, generator_or_none(generator), with); });
}

RABBIT_EXPORT Handle rabbit_rand_like(Handle self, Placement placement) {
  return drawn(placement, [&](auto with) { return at::rand_like(borrow(self), with); });
}

RABBIT_EXPORT Handle rabbit_randn_like(Handle self, Placement placement) {
  return drawn(placement, [&](auto with) { return at::randn_like(borrow(self), with); });
}

RABBIT_EXPORT Handle rabbit_multinomial(Handle self, int64_t samples, uint8_t replacement, const at::Generator* generator) {
  return tensor([&] { return borrow(self).multinomial(samples, replacement != 0, generator_or_none(generator)); });
}

RABBIT_EXPORT Handle rabbit_bernoulli(Handle self, const at::Generator* generator) {
  return tensor([&] { return borrow(self).bernoulli(generator_or_none(generator)); });
}

RABBIT_EXPORT int32_t rabbit_bernoulli_(Handle self, double p, const at::Generator* generator) {
  return status([&] { borrow(self).bernoulli_(p, generator_or_none(generator)); });
}

RABBIT_EXPORT int32_t rabbit_uniform_(Handle self, double from, double to, const at::Generator* generator) {
  return status([&] { borrow(self).uniform_(from, to, generator_or_none(generator)); });
}

RABBIT_EXPORT int32_t rabbit_normal_(Handle self, double mean, double deviation, const at::Generator* generator) {
  return status([&] { borrow(self).normal_(mean, deviation, generator_or_none(generator)); });
}

RABBIT_EXPORT int32_t rabbit_exponential_(Handle self, double lambda, const at::Generator* generator) {
  return status([&] { borrow(self).exponential_(lambda, generator_or_none(generator)); });
}
