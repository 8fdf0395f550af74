using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Many elements to fewer, order, and functions along an axis. Negative axes count from the end.</content>
    public partial class Tensor
    {
        /// <summary>The sum of all elements; integers sum to Int64.</summary>
        public Tensor sum(ScalarType? type = null) => rabbit_sum(this, Number(type));

        /// <summary>The sum along an axis.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        /// <summary>The sum along axes.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        /// <summary>The sum along axes.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            rabbit_sum_dims(this, dim, dim.Length, keepdim, Number(type));

        /// <summary>The mean of all elements.</summary>
        public Tensor mean() => rabbit_mean(this);

        /// <summary>The mean along axes.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            rabbit_mean_dims(this, dimensions, dimensions.Length, keepdim, Number(type));

        /// <summary>The product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => rabbit_prod(this, Number(type));

        /// <summary>The product along an axis.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => rabbit_prod_dim(this, dim, keepdim, Number(type));

        /// <summary>The variance of all elements; unbiased divides by n - 1.</summary>
        public Tensor var(bool unbiased = true) => rabbit_var(this, unbiased);

        /// <summary>The variance along an axis; unbiased divides by n - 1.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(type, rabbit_var_dims(this, [dim], 1, unbiased, keepdim));

        /// <summary>The variance along axes; unbiased divides by n - 1.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(type, rabbit_var_dims(this, dimensions, dimensions.Length, unbiased, keepdim));

        /// <summary>The standard deviation of all elements; unbiased divides by n - 1.</summary>
        public Tensor std(bool unbiased = true) => rabbit_std(this, unbiased);

        /// <summary>The standard deviation along an axis; unbiased divides by n - 1.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(type, rabbit_std_dims(this, [dim], 1, unbiased, keepdim));

        /// <summary>The standard deviation along axes; unbiased divides by n - 1.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(type, rabbit_std_dims(this, dimensions, dimensions.Length, unbiased, keepdim));

        /// <summary>The greatest of all elements.</summary>
        public Tensor max() => rabbit_max(this);

        /// <summary>The greatest along an axis, and where it stands.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            Check(rabbit_max_dim(this, dim, keepdim, out var values, out var indexes));
            return (values, indexes);
        }

        /// <summary>The greatest along axes.</summary>
        public Tensor amax(params long[] dims) => rabbit_amax(this, dims, dims.Length, false);

        /// <summary>Where the greatest of all elements stands, counted in row-major order.</summary>
        public Tensor argmax() => rabbit_argmax(this);

        /// <summary>Where the greatest along an axis stands.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => rabbit_argmax_dim(this, dim, keepdim);

        /// <summary>The least of all elements.</summary>
        public Tensor min() => rabbit_min(this);

        /// <summary>The least along an axis, and where it stands.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            Check(rabbit_min_dim(this, dim, keepdim, out var values, out var indexes));
            return (values, indexes);
        }

        /// <summary>The least along axes.</summary>
        public Tensor amin(params long[] dims) => rabbit_amin(this, dims, dims.Length, false);

        /// <summary>Where the least of all elements stands, counted in row-major order.</summary>
        public Tensor argmin() => rabbit_argmin(this);

        /// <summary>Where the least along an axis stands.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => rabbit_argmin_dim(this, dim, keepdim);

        /// <summary>The median of all elements; of two middle ones the lower.</summary>
        public Tensor median() => rabbit_median(this);

        /// <summary>Whether all elements are not 0.</summary>
        public Tensor all() => rabbit_all(this);

        /// <summary>Whether all along an axis are not 0.</summary>
        public Tensor all(long dim, bool keepdim = false) => rabbit_all_dim(this, dim, keepdim);

        /// <summary>Whether any element is not 0.</summary>
        public Tensor any() => rabbit_any(this);

        /// <summary>Whether any along an axis is not 0.</summary>
        public Tensor any(long dim, bool keepdim = false) => rabbit_any_dim(this, dim, keepdim);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2f) => rabbit_norm(this, p);

        /// <summary>The p-norm along an axis.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) => rabbit_norm_dim(this, dim, keepdim, p);

        /// <summary>The running sums along an axis.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => rabbit_cumsum(this, dim, Number(type));

        /// <summary>log of the sum of exp along an axis, without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => rabbit_logsumexp_dim(this, dim, keepdim);

        /// <summary>exp divided by its sum along an axis; a dtype converts first.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => rabbit_softmax(this, dim, Number(dtype));

        /// <summary>The logarithm of softmax, exact where softmax would round to 0.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => rabbit_log_softmax(this, dim, Number(dtype));

        /// <summary>The k greatest (or least) along an axis, and where they stand.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            Check(rabbit_topk(this, k, dim, largest, sorted, out var values, out var indexes));
            return (values, indexes);
        }

        /// <summary>The elements in order along an axis, and where they stood; stable keeps the order of equals.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            Check(rabbit_sort(this, dim, descending, stable, out var values, out var indices));
            return (values, indices);
        }

        /// <summary>Where the elements stand, in their order along an axis.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => rabbit_argsort(this, dim, descending);

        /// <summary>How many elements are not 0, along axes; null counts all.</summary>
        public Tensor count_nonzero(long[]? dims = null) => rabbit_count_nonzero(this, dims, dims?.Length ?? 0);

        /// <summary>The positions of the elements that are not 0: [count, axes] Int64.</summary>
        public Tensor nonzero() => rabbit_nonzero(this);

        /// <summary>How often each integer from 0 on occurs; with weights, the sum of the weights.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => rabbit_bincount(this, weights, minlength);

        private static int Number(ScalarType? dtype) => dtype.HasValue ? (int)dtype.Value : -1;

        private static Tensor Cast(ScalarType? dtype, Tensor result) =>
            dtype is null || dtype == result.dtype ? result : result.to(dtype.Value, disposeAfter: true);
    }
}
