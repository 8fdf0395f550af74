using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Until disposed, this thread records nothing for backward.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Until disposed, this thread records for backward (or not).</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Until disposed, this thread records nothing and its new tensors can never be recorded: faster than no_grad.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether this thread records for backward.</summary>
    public static bool is_grad_enabled() => NativeMethods.rabbit_grad_enabled() != 0;

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => NativeMethods.rabbit_inference_mode_enabled() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = is_grad_enabled();

        internal GradMode(bool enabled) => NativeMethods.rabbit_set_grad_enabled(enabled);

        public void Dispose() => NativeMethods.rabbit_set_grad_enabled(_before);
    }

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private nint _guard = NativeMethods.rabbit_enter_inference_mode(mode);

        public void Dispose()
        {
            NativeMethods.rabbit_leave_inference_mode(_guard);
            _guard = 0;
        }
    }
}
