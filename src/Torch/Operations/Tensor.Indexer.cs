using System.Runtime.CompilerServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>x[1, 2..4, TensorIndex.Ellipsis]: reading gives a view (a copy where a tensor picks), writing copies into it.</content>
    public partial class Tensor
    {
        private const int MostPartsOnStack = 16;

        /// <summary>Picks by positions, slices, ellipses, new axes and tensors, as in Python.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Picks by tensors of positions or masks, one for each of the first axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Picks by positions on the first axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Get(indices);
            set => Set(indices, value);
        }

        /// <summary>Picks by one position on the first axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Get([i1]);
            set => Set([i1], value);
        }

        /// <summary>Picks by two positions on the first axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Get([i1, i2]);
            set => Set([i1, i2], value);
        }

        /// <summary>Picks by three positions on the first axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Get([i1, i2, i3]);
            set => Set([i1, i2, i3], value);
        }

        /// <summary>Picks by four positions on the first axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Get([i1, i2, i3, i4]);
            set => Set([i1, i2, i3, i4], value);
        }

        /// <summary>Picks by five positions on the first axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Get([i1, i2, i3, i4, i5]);
            set => Set([i1, i2, i3, i4, i5], value);
        }

        /// <summary>Picks by six positions on the first axes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Get([i1, i2, i3, i4, i5, i6]);
            set => Set([i1, i2, i3, i4, i5, i6], value);
        }

        /// <summary>Picks by positions, slices, ellipses, new axes and tensors, as in Python.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            Span<IndexPart> parts = indices.Length <= MostPartsOnStack ? stackalloc IndexPart[indices.Length] : new IndexPart[indices.Length];
            IndexPart.Encode(indices, parts);
            var result = rabbit_index(this, parts, parts.Length);
            GC.KeepAlive(indices);
            return result;
        }

        /// <summary>Picks by tensors of positions or masks, one for each of the first axes.</summary>
        public Tensor index(params Tensor[] indices)
        {
            var result = rabbit_index_tensors(this, indices, indices.Length);
            GC.KeepAlive(indices);
            return result;
        }

        /// <summary>Writes value (broadcast) to what the indices pick. Returns this tensor.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            Span<IndexPart> parts = indices.Length <= MostPartsOnStack ? stackalloc IndexPart[indices.Length] : new IndexPart[indices.Length];
            IndexPart.Encode(indices, parts);
            Check(rabbit_index_put_(this, parts, parts.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        /// <summary>Writes value (broadcast) to what the tensors pick. Returns this tensor.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        /// <summary>Writes value (broadcast) to what the tensors pick; accumulate adds, also repeatedly. Returns this tensor.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            Check(rabbit_index_put_tensors_(this, indices, indices.Length, value, accumulate));
            GC.KeepAlive(indices);
            return this;
        }

        /// <summary>Writes a number to what the indices pick. Returns this tensor.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            Span<IndexPart> parts = indices.Length <= MostPartsOnStack ? stackalloc IndexPart[indices.Length] : new IndexPart[indices.Length];
            IndexPart.Encode(indices, parts);
            Check(rabbit_index_put_scalar_(this, parts, parts.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        private Tensor Get(ReadOnlySpan<long> indices) => rabbit_get(this, indices, indices.Length);

        private void Set(ReadOnlySpan<long> indices, Tensor value) => Check(rabbit_set(this, indices, indices.Length, value));
    }
}
