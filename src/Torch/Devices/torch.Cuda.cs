using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>NVIDIA GPUs.</summary>
    public static partial class cuda
    {
        private static readonly Lazy<int> Devices = new(NativeMethods.rabbit_cuda_device_count);

        /// <summary>Whether this libtorch can use a CUDA device of this machine.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>Whether cuDNN is there too.</summary>
        public static bool is_cudnn_available() => NativeMethods.rabbit_cudnn_available() == 1;

        /// <summary>How many CUDA devices this machine has.</summary>
        public static int device_count() => Devices.Value;

        /// <summary>Seeds the random numbers of the current CUDA device; without one does nothing.</summary>
        public static void manual_seed(long seed)
        {
            if (!is_available())
                return;
            var current = NativeError.Check(NativeMethods.rabbit_cuda_current_device());
            NativeError.Check(NativeMethods.rabbit_cuda_manual_seed((ulong)seed, current, current + 1));
        }

        /// <summary>Seeds the random numbers of all CUDA devices; without one does nothing.</summary>
        public static void manual_seed_all(long seed) =>
            NativeError.Check(NativeMethods.rabbit_cuda_manual_seed((ulong)seed, 0, device_count()));

        /// <summary>Waits until a CUDA device has done all it was given.</summary>
        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            NativeError.Check(NativeMethods.rabbit_cuda_synchronize(device?.index ?? -1));
        }
    }
}
