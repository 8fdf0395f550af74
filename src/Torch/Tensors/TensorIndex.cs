namespace TorchSharp;

public static partial class torch
{
    /// <summary>One part of x[a, b..c, ...]: a position, a slice, an ellipsis, a new axis, a truth value or a tensor of positions.</summary>
    public struct TensorIndex
    {
        /// <summary>As many whole axes as are needed.</summary>
        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        /// <summary>A new axis of size 1.</summary>
        public static TensorIndex None = new() { kind = Kind.None };

        /// <summary>A new axis of size 1.</summary>
        public static TensorIndex Null = new() { kind = Kind.None };

        /// <summary>A whole axis.</summary>
        public static TensorIndex Colon = Slice();

        internal Kind kind;
        internal long? start;
        internal long? stop;
        internal long? step;
        internal Tensor? tensor;

        /// <summary>The kinds, numbered as in native/index.cpp.</summary>
        internal enum Kind
        {
            None = 0,
            Single = 1,
            Ellipsis = 2,
            Bool = 3,
            Tensor = 4,
            Slice = 5,
        }

        /// <summary>From start up to but without stop; null is the end of the axis, a negative bound counts from its end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Kind.Slice, start = start, stop = stop, step = step };

        /// <summary>From start up to but without end.</summary>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>A C# range of an axis.</summary>
        public static TensorIndex Slice(Range range) => Slice(FromStart(range.Start), EndOf(range.End));

        /// <summary>Everything (true) or nothing (false), on a new axis.</summary>
        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, start = value ? 1 : 0 };

        /// <summary>One position; the axis goes away.</summary>
        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        /// <summary>Positions (an integer tensor) or a mask (a Bool tensor).</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        /// <summary>One position.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>From start up to but without end.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>A C# range of an axis.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One position; ^1 is the last.</summary>
        public static implicit operator TensorIndex(Index index) => Single(FromStart(index));

        /// <summary>Always throws: it is there so that the compiler prefers the indexer of TensorIndex to that of Tensor.</summary>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");

        private static long FromStart(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        private static long? EndOf(Index index) => index is { IsFromEnd: true, Value: 0 } ? null : FromStart(index);
    }
}
