using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves and converts parameters, gradients and persistent buffers; what is there already stays the same object.</summary>
            /// <param name="device">Where to; null for where it is.</param>
            /// <param name="dtype">A floating point or complex type; null to keep. Integer and bool tensors keep theirs.</param>
            /// <param name="non_blocking">Lets copies from pinned memory run beside the host.</param>
            internal virtual Module _to(Device? device, ScalarType? dtype, bool non_blocking)
            {
                if (dtype is { } wanted && !IsFractional(wanted))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={wanted}.", nameof(dtype));
                if (device is { type: DeviceType.CUDA } && !cuda.is_available())
                    throw new InvalidOperationException("CUDA is not available. Choose the device cpu, or install a libtorch with CUDA.");

                foreach (var (_, child) in named_children()) child._to(device, dtype, non_blocking);
                foreach (var (key, parameter) in named_parameters(recurse: false).ToList()) MoveParameter(key, parameter, device, dtype, non_blocking);
                foreach (var (key, buffer) in named_buffers(recurse: false).ToList()) MoveBuffer(key, buffer, device, dtype, non_blocking);
                return this;
            }

            private void MoveParameter(string key, Parameter parameter, Device? device, ScalarType? dtype, bool non_blocking)
            {
                using var gradient = parameter.grad;
                var type = TargetType(parameter, dtype);
                if (IsThere(parameter, device, type) && (gradient is null || IsThere(gradient, device, type))) return;

                using var _ = no_grad();
                var moved = new Parameter(parameter.to(type, device ?? parameter.device, copy: true, non_blocking: non_blocking), parameter.requires_grad);
                moved.DetachFromDisposeScope();
                if (gradient is not null)
                {
                    using var movedGradient = gradient.to(type, device ?? parameter.device, non_blocking: non_blocking);
                    moved.grad = movedGradient;
                }
                parameter.Dispose();
                ConditionallyRegisterParameter(key, moved);
                AssignField(key, moved);
            }

            private void MoveBuffer(string key, Tensor buffer, Device? device, ScalarType? dtype, bool non_blocking)
            {
                var type = TargetType(buffer, dtype);
                if (IsThere(buffer, device, type)) return;
                var moved = buffer.to(type, device ?? buffer.device, copy: true, non_blocking: non_blocking).DetachFromDisposeScope();
                buffer.Dispose();
                ConditionallyRegisterBuffer(key, moved);
                AssignField(key, moved);
            }

            private void AssignField(string component, Tensor value)
            {
                foreach (var (name, field) in ComponentFields())
                    if (name == component)
                        field.SetValue(this, value);
            }

            private static ScalarType TargetType(Tensor tensor, ScalarType? dtype) =>
                dtype is { } wanted && IsFractional(tensor.dtype) ? wanted : tensor.dtype;

            private static bool IsThere(Tensor tensor, Device? device, ScalarType dtype) =>
                tensor.dtype == dtype
                && (device is null || (device.type == tensor.device_type && (device.index < 0 || device.index == tensor.device_index)));

            private static bool IsFractional(ScalarType type) => type
                is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64
                or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;
        }
    }
}
