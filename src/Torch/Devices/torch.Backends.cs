using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Switches of the libraries under libtorch.</summary>
    public static partial class backends
    {
        /// <summary>Switches for CUDA.</summary>
        public static partial class cuda
        {
            /// <summary>Whether attention may use its fused kernel.</summary>
            public static bool flash_sdp_enabled() => NativeMethods.rabbit_flash_attention() != 0;

            /// <summary>Allows or forbids attention's fused kernel.</summary>
            public static void enable_flash_sdp(bool enable) => NativeMethods.rabbit_set_flash_attention(enable);

            /// <summary>Whether attention may be made of plain operations.</summary>
            public static bool math_sdp_enabled() => NativeMethods.rabbit_math_attention() != 0;

            /// <summary>Allows or forbids attention made of plain operations.</summary>
            public static void enable_math_sdp(bool enable) => NativeMethods.rabbit_set_math_attention(enable);

            /// <summary>Switches for matrix multiplication.</summary>
            public static partial class matmul
            {
                /// <summary>Whether float32 products may be rounded to TF32 (10 bits of fraction).</summary>
                public static bool allow_tf32
                {
                    get => NativeMethods.rabbit_allow_tf32_matmul() != 0;
                    set => NativeMethods.rabbit_set_allow_tf32_matmul(value);
                }
            }
        }

        /// <summary>Switches for cuDNN.</summary>
        public static partial class cudnn
        {
            /// <summary>Whether convolutions may round float32 to TF32.</summary>
            public static bool allow_tf32
            {
                get => NativeMethods.rabbit_allow_tf32_cudnn() != 0;
                set => NativeMethods.rabbit_set_allow_tf32_cudnn(value);
            }
        }
    }
}
