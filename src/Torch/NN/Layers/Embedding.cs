using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A table with a row for each index.</summary>
        public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = nameof(weight))] private Parameter _weight;
            private readonly long _paddingIndex;
            private readonly bool _scaleGradientByFrequency;

            internal Embedding(Parameter weight, long? paddingIndex, bool scaleGradientByFrequency) : base(nameof(Embedding))
            {
                _paddingIndex = paddingIndex ?? -1;
                _scaleGradientByFrequency = scaleGradientByFrequency;
                _weight = weight;
                Own(weight);
            }

            /// <summary>[rows, dimensions]</summary>
            [DisallowNull]
            public Parameter? weight
            {
                get => _weight;
                set
                {
                    if (ReferenceEquals(value, _weight)) return;
                    _weight.Dispose();
                    _weight = value;
                    Own(value);
                }
            }

            /// <param name="input">Row indices of any shape, int64 or int32.</param>
            /// <returns>[shape of the input, dimensions]</returns>
            public override torch.Tensor forward(torch.Tensor input) =>
                NativeMethods.rabbit_embedding(_weight, input, _paddingIndex, _scaleGradientByFrequency);

            private void Own(Parameter parameter)
            {
                parameter.DetachFromDisposeScope();
                ConditionallyRegisterParameter(nameof(weight), parameter);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A table of rows drawn from the standard normal distribution.</summary>
            /// <param name="num_embeddings">How many rows.</param>
            /// <param name="embedding_dims">The length of a row.</param>
            /// <param name="padding_idx">A row that begins as zeros and is never learned.</param>
            /// <param name="max_norm">Not supported here: must be null.</param>
            /// <param name="norm_type">The norm that max_norm bounds.</param>
            /// <param name="scale_grad_by_freq">Divides a row's gradient by how often the row was looked up.</param>
            /// <param name="sparse">Not supported here: must be false.</param>
            /// <param name="device">Where the table lies; null for the CPU.</param>
            /// <param name="dtype">Its type; null for the default.</param>
            /// <exception cref="NotSupportedException">max_norm is given, or sparse is true.</exception>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                RefuseUnsupported(max_norm, norm_type, sparse);
                var weight = new Parameter(empty(num_embeddings, embedding_dims));
                init.normal_(weight);
                if (padding_idx is { } row) ClearRow(weight, row);
                return Placed(new Embedding(weight, padding_idx, scale_grad_by_freq), device, dtype);
            }

            /// <summary>A table with given rows, whose memory it shares.</summary>
            /// <param name="embeddings">[rows, dimensions]</param>
            /// <param name="freeze">True when the rows are not to be learned.</param>
            /// <param name="padding_idx">A row that is never learned.</param>
            /// <param name="max_norm">Not supported here: must be null.</param>
            /// <param name="norm_type">The norm that max_norm bounds.</param>
            /// <param name="scale_grad_by_freq">Divides a row's gradient by how often the row was looked up.</param>
            /// <param name="sparse">Not supported here: must be false.</param>
            /// <param name="device">Where the table lies; null for the CPU.</param>
            /// <param name="dtype">Its type; null for the default.</param>
            /// <exception cref="NotSupportedException">max_norm is given, or sparse is true.</exception>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                RefuseUnsupported(max_norm, norm_type, sparse);
                var weight = new Parameter(embeddings.detach(), !freeze);
                return Placed(new Embedding(weight, padding_idx, scale_grad_by_freq), device, dtype);
            }

            private static Embedding Placed(Embedding embedding, Device? device, ScalarType? dtype) =>
                (Embedding)embedding._to(device ?? new Device(DeviceType.CPU), dtype ?? get_default_dtype(), false);

            private static void ClearRow(Tensor table, long row)
            {
                using var _ = no_grad();
                using var cleared = table[row];
                cleared.zero_();
            }

            private static void RefuseUnsupported(double? max_norm, double norm_type, bool sparse)
            {
                if (max_norm is { } bound)
                    throw new NotSupportedException($"Embedding with max_norm {bound} (norm {norm_type}) is not part of this binding; pass null and bound the rows after each step.");
                if (sparse) throw new NotSupportedException("Embedding with sparse gradients is not part of this binding; pass sparse: false.");
            }
        }
    }
}
