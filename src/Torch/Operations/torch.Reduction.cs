namespace TorchSharp;

/// <content>The forms of Tensor's methods that take the tensor as their first argument.</content>
public static partial class torch
{
    /// <summary>Whether all elements are not 0.</summary>
    public static Tensor all(Tensor input) => input.all();

    /// <summary>Whether all along an axis are not 0.</summary>
    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);

    /// <summary>The greatest along axes.</summary>
    public static Tensor amax(Tensor input, long[] dims) => input.amax(dims);

    /// <summary>Whether any element is not 0.</summary>
    public static Tensor any(Tensor input) => input.any();

    /// <summary>Whether any along an axis is not 0.</summary>
    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);

    /// <summary>Where the greatest of all elements stands, counted in row-major order.</summary>
    public static Tensor argmax(Tensor input) => input.argmax();

    /// <summary>Where the greatest along an axis stands.</summary>
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    /// <summary>Where the least of all elements stands, counted in row-major order.</summary>
    public static Tensor argmin(Tensor input) => input.argmin();

    /// <summary>Where the least along an axis stands.</summary>
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    /// <summary>Where the elements stand, in their order along an axis.</summary>
    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => input.argsort(dim, descending);

    /// <summary>How often each integer from 0 on occurs; with weights, the sum of the weights.</summary>
    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) => input.bincount(weights, minlength);

    /// <summary>How many elements are not 0, along axes; null counts all.</summary>
    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);

    /// <summary>The running sums along an axis.</summary>
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    /// <summary>log of the sum of exp along an axis, without overflow.</summary>
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    /// <summary>The mean of all elements.</summary>
    public static Tensor mean(Tensor input) => input.mean();

    /// <summary>The mean along axes.</summary>
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
        input.mean(dimensions, keepdim, type);

    /// <summary>The positions of the elements that are not 0: [count, axes] Int64.</summary>
    public static Tensor nonzero(Tensor input) => input.nonzero();

    /// <summary>The p-norm of all elements.</summary>
    public static Tensor norm(Tensor input) => input.norm();

    /// <summary>The p-norm of all elements.</summary>
    public static Tensor norm(Tensor input, float p = 2f) => input.norm(p);

    /// <summary>The p-norm along an axis.</summary>
    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2f) => input.norm(dimension, keepdim, p);

    /// <summary>The product along an axis.</summary>
    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);

    /// <summary>The product of all elements.</summary>
    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);

    /// <summary>exp divided by its sum along an axis; a dtype converts first.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    /// <summary>The standard deviation of all elements; unbiased divides by n - 1.</summary>
    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);

    /// <summary>The standard deviation along an axis; unbiased divides by n - 1.</summary>
    public static Tensor std(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    /// <summary>The standard deviation along axes; unbiased divides by n - 1.</summary>
    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    /// <summary>The sum along axes.</summary>
    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    /// <summary>The sum along an axis.</summary>
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    /// <summary>The sum of all elements; integers sum to Int64.</summary>
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    /// <summary>The variance of all elements; unbiased divides by n - 1.</summary>
    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);

    /// <summary>The variance along an axis; unbiased divides by n - 1.</summary>
    public static Tensor var(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    /// <summary>The variance along axes; unbiased divides by n - 1.</summary>
    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    /// <summary>The median of all elements; of two middle ones the lower.</summary>
    public static Tensor median(Tensor input) => input.median();
}
