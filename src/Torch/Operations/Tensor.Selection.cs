using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Elements picked and written by position or mask. Index tensors are Int64.</content>
    public partial class Tensor
    {
        /// <summary>The positions in index along dim.</summary>
        public Tensor index_select(long dim, Tensor index) => rabbit_index_select(this, dim, index);

        /// <summary>For each place of index, the element at that position along dim.</summary>
        public Tensor gather(long dim, Tensor index) => rabbit_gather(this, dim, index);

        /// <summary>The elements at row-major positions; in the shape of index.</summary>
        public Tensor take(Tensor index) => rabbit_take(this, index);

        /// <summary>A copy in which src's elements stand at the positions in index along dim.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => rabbit_scatter(this, dim, index, src);

        /// <summary>Writes src's elements to the positions in index along dim. Returns this tensor.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace(rabbit_scatter_(this, dim, index, src));

        /// <summary>A copy with src's elements added at the positions in index along dim.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => rabbit_scatter_add(this, dim, index, src);

        /// <summary>Adds src's elements at the positions in index along dim. Returns this tensor.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace(rabbit_scatter_add_(this, dim, index, src));

        /// <summary>A copy in which the slices of source stand at the positions in index along dim.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => rabbit_index_copy(this, dim, index, source);

        /// <summary>Writes the slices of source to the positions in index along dim. Returns this tensor.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => InPlace(rabbit_index_copy_(this, dim, index, source));

        /// <summary>A copy with alpha times the slices of source added at the positions in index along dim.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => rabbit_index_add(this, dim, index, source, alpha);

        /// <summary>Adds alpha times the slices of source at the positions in index along dim. Returns this tensor.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace(rabbit_index_add_(this, dim, index, source, alpha));

        /// <summary>A copy with a number at the positions in index along dim.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => rabbit_index_fill(this, dim, index, value);

        /// <summary>Writes a number at the positions in index along dim. Returns this tensor.</summary>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => InPlace(rabbit_index_fill_(this, dim, index, value));

        /// <summary>A copy with a number where the Bool mask is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => rabbit_masked_fill(this, mask, value);

        /// <summary>Writes a number where the Bool mask is true. Returns this tensor.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace(rabbit_masked_fill_(this, mask, value));

        /// <summary>The elements where the Bool mask is true, as a vector.</summary>
        public Tensor masked_select(Tensor mask) => rabbit_masked_select(this, mask);
    }
}
