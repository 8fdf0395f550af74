namespace TorchSharp;

/// <content>The forms of Tensor's methods that take the tensor as their first argument.</content>
public static partial class torch
{
    /// <summary>beta * input + alpha * (mat1 x mat2).</summary>
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);

    /// <summary>beta * input + alpha * (batch1 x batch2), for each batch.</summary>
    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
        input.baddbmm(batch1, batch2, beta, alpha);

    /// <summary>The products of two batches of matrices: [b, n, k] x [b, k, m] -&gt; [b, n, m].</summary>
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    /// <summary>The sum of the products of two vectors.</summary>
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    /// <summary>The matrix product; leading axes broadcast, vectors count as rows or columns.</summary>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <summary>The product of two matrices: [n, k] x [k, m] -&gt; [n, m].</summary>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <summary>A matrix times a vector: [n, m] x [m] -&gt; [n].</summary>
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    /// <summary>All products of two vectors: [n], [m] -&gt; [n, m].</summary>
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    /// <summary>The sum of the diagonal of a matrix.</summary>
    public static Tensor trace(Tensor input) => input.trace();
}
