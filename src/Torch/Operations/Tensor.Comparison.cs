using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Comparisons and logic; the results are Bool tensors.</content>
    public partial class Tensor
    {
        /// <summary>Whether each element is equal.</summary>
        public Tensor eq(Tensor target) => rabbit_eq(this, target);

        /// <summary>Whether each element is equal.</summary>
        public Tensor eq(Scalar target) => rabbit_eq_scalar(this, target);

        /// <summary>Writes 1 where an element is equal, else 0. Returns this tensor.</summary>
        public Tensor eq_(Tensor target) => InPlace(rabbit_eq_(this, target));

        /// <summary>Writes 1 where an element is equal, else 0. Returns this tensor.</summary>
        public Tensor eq_(Scalar target) => InPlace(rabbit_eq_scalar_(this, target));

        /// <summary>Whether each element differs.</summary>
        public Tensor ne(Tensor target) => rabbit_ne(this, target);

        /// <summary>Whether each element differs.</summary>
        public Tensor ne(Scalar target) => rabbit_ne_scalar(this, target);

        /// <summary>Writes 1 where an element differs, else 0. Returns this tensor.</summary>
        public Tensor ne_(Tensor target) => InPlace(rabbit_ne_(this, target));

        /// <summary>Writes 1 where an element differs, else 0. Returns this tensor.</summary>
        public Tensor ne_(Scalar target) => InPlace(rabbit_ne_scalar_(this, target));

        /// <summary>Whether each element is less.</summary>
        public Tensor lt(Tensor target) => rabbit_lt(this, target);

        /// <summary>Whether each element is less.</summary>
        public Tensor lt(Scalar target) => rabbit_lt_scalar(this, target);

        /// <summary>Writes 1 where an element is less, else 0. Returns this tensor.</summary>
        public Tensor lt_(Tensor target) => InPlace(rabbit_lt_(this, target));

        /// <summary>Writes 1 where an element is less, else 0. Returns this tensor.</summary>
        public Tensor lt_(Scalar target) => InPlace(rabbit_lt_scalar_(this, target));

        /// <summary>Whether each element is less or equal.</summary>
        public Tensor le(Tensor target) => rabbit_le(this, target);

        /// <summary>Whether each element is less or equal.</summary>
        public Tensor le(Scalar target) => rabbit_le_scalar(this, target);

        /// <summary>Writes 1 where an element is less or equal, else 0. Returns this tensor.</summary>
        public Tensor le_(Tensor target) => InPlace(rabbit_le_(this, target));

        /// <summary>Writes 1 where an element is less or equal, else 0. Returns this tensor.</summary>
        public Tensor le_(Scalar target) => InPlace(rabbit_le_scalar_(this, target));

        /// <summary>Whether each element is greater.</summary>
        public Tensor gt(Tensor target) => rabbit_gt(this, target);

        /// <summary>Whether each element is greater.</summary>
        public Tensor gt(Scalar target) => rabbit_gt_scalar(this, target);

        /// <summary>Writes 1 where an element is greater, else 0. Returns this tensor.</summary>
        public Tensor gt_(Tensor target) => InPlace(rabbit_gt_(this, target));

        /// <summary>Writes 1 where an element is greater, else 0. Returns this tensor.</summary>
        public Tensor gt_(Scalar target) => InPlace(rabbit_gt_scalar_(this, target));

        /// <summary>Whether each element is greater or equal.</summary>
        public Tensor ge(Tensor target) => rabbit_ge(this, target);

        /// <summary>Whether each element is greater or equal.</summary>
        public Tensor ge(Scalar target) => rabbit_ge_scalar(this, target);

        /// <summary>Writes 1 where an element is greater or equal, else 0. Returns this tensor.</summary>
        public Tensor ge_(Tensor target) => InPlace(rabbit_ge_(this, target));

        /// <summary>Writes 1 where an element is greater or equal, else 0. Returns this tensor.</summary>
        public Tensor ge_(Scalar target) => InPlace(rabbit_ge_scalar_(this, target));

        /// <summary>Whether both are not 0.</summary>
        public Tensor logical_and(Tensor other) => rabbit_logical_and(this, other);

        /// <summary>Writes whether both are not 0. Returns this tensor.</summary>
        public Tensor logical_and_(Tensor other) => InPlace(rabbit_logical_and_(this, other));

        /// <summary>Whether at least one is not 0.</summary>
        public Tensor logical_or(Tensor other) => rabbit_logical_or(this, other);

        /// <summary>Writes whether at least one is not 0. Returns this tensor.</summary>
        public Tensor logical_or_(Tensor other) => InPlace(rabbit_logical_or_(this, other));

        /// <summary>Whether exactly one is not 0.</summary>
        public Tensor logical_xor(Tensor other) => rabbit_logical_xor(this, other);

        /// <summary>Writes whether exactly one is not 0. Returns this tensor.</summary>
        public Tensor logical_xor_(Tensor other) => InPlace(rabbit_logical_xor_(this, other));

        /// <summary>The bits that both have.</summary>
        public Tensor bitwise_and(Tensor other) => rabbit_bitwise_and(this, other);

        /// <summary>The bits that at least one has.</summary>
        public Tensor bitwise_or(Tensor other) => rabbit_bitwise_or(this, other);

        /// <summary>The bits that exactly one has.</summary>
        public Tensor bitwise_xor(Tensor other) => rabbit_bitwise_xor(this, other);

        /// <summary>Whether all elements are close: |a - b| &lt;= atol + rtol * |b|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Check(rabbit_allclose(this, target, rtol, atol, equal_nan)) != 0;

        /// <summary>Whether each element is equal.</summary>
        public Tensor equal(Tensor target) => eq(target);
    }
}
