using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Decompositions and norms.</summary>
    public static partial class linalg
    {
        /// <summary>input = U diag(S) Vh, S falling: [.., n, m]; without fullMatrices U and Vh have min(n, m) columns and rows.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            NativeError.Check(rabbit_linalg_svd(input, fullMatrices, out var u, out var s, out var vh));
            return (u, s, vh);
        }

        /// <summary>The singular values, falling.</summary>
        public static Tensor svdvals(Tensor input) => rabbit_linalg_svdvals(input);

        /// <summary>The eigenvalues (rising) and eigenvectors (columns) of a symmetric matrix, read from its 'L'ower or 'U'pper triangle.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L')
        {
            NativeError.Check(rabbit_linalg_eigh(input, UPLO.ToString(), out var values, out var vectors));
            return (values, vectors);
        }

        /// <summary>The norm of order ord of all elements, or along axes.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            rabbit_linalg_vector_norm(input, ord, dims, dims?.Length ?? 0, keepdim);
    }
}
