// Threads, devices, and the settings that hold for the whole process.
#include "border.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/ScalarType.h>
#include <c10/core/impl/VirtualGuardImpl.h>

using namespace rabbit;

// OpenBLAS built with threads of its own hears nothing of libtorch's number and keeps one number for the whole process. Null where another BLAS is used.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

RABBIT_EXPORT const char* rabbit_libtorch_version() { return TORCH_VERSION; }

RABBIT_EXPORT int32_t rabbit_threads() { return at::get_num_threads(); }

RABBIT_EXPORT int32_t rabbit_set_threads(int32_t threads) {
  return status([&] {
    at::set_num_threads(threads);
    if (openblas_set_num_threads) openblas_set_num_threads(threads);
  });
}

RABBIT_EXPORT int32_t rabbit_interop_threads() { return at::get_num_interop_threads(); }

RABBIT_EXPORT int32_t rabbit_set_interop_threads(int32_t threads) {
  return status([&] { at::set_num_interop_threads(threads); });
}

/// The dtype of real numbers that are made without one: 6 float32, 7 float64.
RABBIT_EXPORT int32_t rabbit_set_default_dtype(int32_t dtype) {
  return status([&] { c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(dtype))); });
}

RABBIT_EXPORT int32_t rabbit_promote_types(int32_t first, int32_t second, int32_t* result) {
  return status([&] {
    *result = static_cast<int32_t>(c10::promoteTypes(static_cast<at::ScalarType>(first), static_cast<at::ScalarType>(second)));
  });
}

RABBIT_EXPORT int32_t rabbit_cuda_device_count() {
  return guarded<int32_t>(0, [&] {
    if (!at::globalContext().hasCUDA()) return 0;
    return static_cast<int32_t>(c10::impl::VirtualGuardImpl(at::kCUDA).deviceCount());
  });
}

RABBIT_EXPORT int32_t rabbit_cudnn_available() {
  return truth([&] { return at::globalContext().hasCUDA() && at::detail::getCUDAHooks().hasCuDNN(); });
}

/// Waits for the work that was given to a CUDA device; index -1 is the current one.
RABBIT_EXPORT int32_t rabbit_cuda_synchronize(int32_t index) {
  return status([&] {
    auto current = index >= 0 ? index : c10::impl::VirtualGuardImpl(at::kCUDA).getDevice().index();
    at::detail::getCUDAHooks().deviceSynchronize(current);
  });
}

RABBIT_EXPORT int32_t rabbit_allow_tf32_matmul() { return at::globalContext().allowTF32CuBLAS() ? 1 : 0; }
RABBIT_EXPORT void rabbit_set_allow_tf32_matmul(uint8_t allow) { at::globalContext().setAllowTF32CuBLAS(allow != 0); }
RABBIT_EXPORT int32_t rabbit_allow_tf32_cudnn() { return at::globalContext().allowTF32CuDNN() ? 1 : 0; }
RABBIT_EXPORT void rabbit_set_allow_tf32_cudnn(uint8_t allow) { at::globalContext().setAllowTF32CuDNN(allow != 0); }
RABBIT_EXPORT int32_t rabbit_flash_attention() { return at::globalContext().userEnabledFlashSDP() ? 1 : 0; }
RABBIT_EXPORT void rabbit_set_flash_attention(uint8_t enable) { at::globalContext().setSDPUseFlash(enable != 0); }
RABBIT_EXPORT int32_t rabbit_math_attention() { return at::globalContext().userEnabledMathSDP() ? 1 : 0; }
RABBIT_EXPORT void rabbit_set_math_attention(uint8_t enable) { at::globalContext().setSDPUseMath(enable != 0); }
