using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Products of vectors and matrices.</content>
    public partial class Tensor
    {
        /// <summary>The matrix product; leading axes broadcast, vectors count as rows or columns.</summary>
        public Tensor matmul(Tensor target) => rabbit_matmul(this, target);

        /// <summary>The product of two matrices: [n, k] x [k, m] -&gt; [n, m].</summary>
        public Tensor mm(Tensor target) => rabbit_mm(this, target);

        /// <summary>The products of two batches of matrices: [b, n, k] x [b, k, m] -&gt; [b, n, m].</summary>
        public Tensor bmm(Tensor batch2) => rabbit_bmm(this, batch2);

        /// <summary>A matrix times a vector: [n, m] x [m] -&gt; [n].</summary>
        public Tensor mv(Tensor target) => rabbit_mv(this, target);

        /// <summary>The sum of the products of two vectors.</summary>
        public Tensor dot(Tensor target) => rabbit_dot(this, target);

        /// <summary>All products of two vectors: [n], [m] -&gt; [n, m].</summary>
        public Tensor outer(Tensor vec2) => rabbit_outer(this, vec2);

        /// <summary>beta * this + alpha * (mat1 x mat2).</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => rabbit_addmm(this, mat1, mat2, beta, alpha);

        /// <summary>beta * this + alpha * (batch1 x batch2), for each batch.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            rabbit_baddbmm(this, batch1, batch2, beta, alpha);

        /// <summary>The sum of the diagonal of a matrix.</summary>
        public Tensor trace() => rabbit_trace(this);
    }
}
