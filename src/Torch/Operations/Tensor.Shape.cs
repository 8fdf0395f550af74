using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Other arrangements of the same elements: views, cuts, joins.</content>
    public partial class Tensor
    {
        /// <summary>A view with other sizes; -1 is worked out. Needs a compatible memory layout (else reshape).</summary>
        public Tensor view(params long[] shape) => rabbit_view(this, shape, shape.Length);

        /// <summary>A view with the sizes of another tensor.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>Other sizes, -1 is worked out; a view where the layout allows, else a copy.</summary>
        public Tensor reshape(params long[] shape) => rabbit_reshape(this, shape, shape.Length);

        /// <summary>A view with the axes in another order.</summary>
        public Tensor permute(params long[] permutation) => rabbit_permute(this, permutation, permutation.Length);

        /// <summary>A view with two axes exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => rabbit_transpose(this, dim0, dim1);

        /// <summary>A view of a matrix with its axes exchanged; of a vector itself.</summary>
        public Tensor t() => rabbit_t(this);

        /// <summary>A view with all axes in reverse order.</summary>
        public Tensor T => rabbit_numpy_T(this);

        /// <summary>A view with the last two axes exchanged.</summary>
        public Tensor mT => transpose(-2, -1);

        /// <summary>A view in which axes of size 1 repeat; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes) => rabbit_expand(this, sizes, sizes.Length, false);

        /// <summary>A view in which axes of size 1 repeat; -1 keeps a size.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => rabbit_expand(this, sizes, sizes.Length, isImplicit);

        /// <summary>A view in which axes of size 1 repeat; -1 keeps a size.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => rabbit_expand(this, sizes, sizes.Length, isImplicit);

        /// <summary>A view with the sizes of another tensor: axes of size 1 repeat.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <summary>A view with a new axis of size 1 before dim.</summary>
        public Tensor unsqueeze(long dim) => rabbit_unsqueeze(this, dim);

        /// <summary>Adds an axis of size 1 before dim. Returns this tensor.</summary>
        public Tensor unsqueeze_(long dim) => InPlace(rabbit_unsqueeze_(this, dim));

        /// <summary>A view without the axis dim if its size is 1; null drops all axes of size 1.</summary>
        public Tensor squeeze(long? dim = null) => rabbit_squeeze(this, dim ?? 0, dim.HasValue);

        /// <summary>Drops the axis dim if its size is 1; null drops all axes of size 1. Returns this tensor.</summary>
        public Tensor squeeze_(long? dim = null) => InPlace(rabbit_squeeze_(this, dim ?? 0, dim.HasValue));

        /// <summary>The axes from start_dim to end_dim joined to one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => rabbit_flatten(this, start_dim, end_dim);

        /// <summary>The axis dim cut into several; -1 is worked out.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => rabbit_unflatten(this, dim, sizes, sizes.Length);

        /// <summary>A view of the windows of a size along an axis, step apart; the window is the last axis.</summary>
        public Tensor unfold(long dimension, long size, long step) => rabbit_unfold(this, dimension, size, step);

        /// <summary>A view with any sizes and strides over the same storage.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            rabbit_as_strided(this, size, size.Length, strides, strides.Length, storageOffset);

        /// <summary>A view with some axes moved to other places.</summary>
        public Tensor movedim(long[] source, long[] destination) =>
            rabbit_movedim(this, source, source.Length, destination, destination.Length);

        /// <summary>A view of length elements along dim, from start on.</summary>
        public Tensor narrow(long dim, long start, long length) => rabbit_narrow(this, dim, start, length);

        /// <summary>A view of every step-th element along dim from start up to but without finish.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => rabbit_slice(this, dim, start, finish, step);

        /// <summary>A view of one position along dim; the axis goes away.</summary>
        public Tensor select(long dim, long index) => rabbit_select(this, dim, index);

        /// <summary>Views of about equal length along dim, at most chunks of them.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => TensorList.Take(rabbit_chunk(this, chunks, dim, out var count), count);

        /// <summary>Views of length size along dim; the last may be shorter.</summary>
        public Tensor[] split(long size, int dim = 0) => TensorList.Take(rabbit_split(this, size, dim, out var count), count);

        /// <summary>Views of the given lengths along dim.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);

        /// <summary>Views of the given lengths along the first axis.</summary>
        public Tensor[] split(params long[] sizes) => split((ReadOnlySpan<long>)sizes);

        /// <summary>Views of the given lengths along dim.</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) =>
            TensorList.Take(rabbit_split_with_sizes(this, sizes, sizes.Length, dim, out var count), count);

        /// <summary>Views of each position along an axis.</summary>
        public Tensor[] unbind(long dimension = 0) => TensorList.Take(rabbit_unbind(this, dimension, out var count), count);

        /// <summary>The whole tensor repeated along each axis; more sizes than axes add axes in front.</summary>
        public Tensor repeat(params long[] sizes) => rabbit_repeat(this, sizes, sizes.Length);

        /// <summary>The whole tensor repeated along each axis; fewer reps than axes leave the first axes alone.</summary>
        public Tensor tile(long[] reps) => rabbit_tile(this, reps, reps.Length);

        /// <summary>Each element repeated in place along dim; null flattens first.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            rabbit_repeat_interleave(this, repeats, dim ?? 0, dim.HasValue);

        /// <summary>Each element repeated as often as its entry in repeats says, along dim; null flattens first.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            rabbit_repeat_interleave_tensor(this, repeats, dim ?? 0, dim.HasValue);

        /// <summary>The elements along these axes in reverse order.</summary>
        public Tensor flip(params long[] dims) => rabbit_flip(this, dims, dims.Length);

        /// <summary>The elements shifted along an axis, coming in again at the other end; null flattens for the shift.</summary>
        public Tensor roll(long shifts, long? dims = null) =>
            rabbit_roll(this, [shifts], 1, dims is null ? [] : [dims.Value], dims is null ? 0 : 1);

        /// <summary>The elements shifted along axes, coming in again at the other end.</summary>
        public Tensor roll(long[] shifts, long[] dims) => rabbit_roll(this, shifts, shifts.Length, dims, dims.Length);

        /// <summary>The lower triangle of the last two axes, 0 above the diagonal.</summary>
        public Tensor tril(long diagonal = 0) => rabbit_tril(this, diagonal);

        /// <summary>The upper triangle of the last two axes, 0 below the diagonal.</summary>
        public Tensor triu(long diagonal = 0) => rabbit_triu(this, diagonal);

        /// <summary>Sets 0 above the diagonal. Returns this tensor.</summary>
        public Tensor tril_(long diagonal = 0) => InPlace(rabbit_tril_(this, diagonal));

        /// <summary>Sets 0 below the diagonal. Returns this tensor.</summary>
        public Tensor triu_(long diagonal = 0) => InPlace(rabbit_triu_(this, diagonal));

        /// <summary>A view of the diagonal of two axes; it is the last axis.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => rabbit_diagonal(this, offset, dim1, dim2);

        /// <summary>The diagonal of a matrix, or the matrix with a vector as its diagonal.</summary>
        public Tensor diag(long diagonal = 0) => rabbit_diag(this, diagonal);

        /// <summary>Pairs along the last axis (size 2) as complex numbers; a view.</summary>
        public Tensor view_as_complex() => rabbit_view_as_complex(this);

        /// <summary>Complex numbers as pairs along a new last axis; a view.</summary>
        public Tensor view_as_real() => rabbit_view_as_real(this);
    }
}
