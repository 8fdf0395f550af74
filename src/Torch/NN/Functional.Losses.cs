using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>How surprised the softmax of the logits is by the targets, in nats.</summary>
            /// <param name="input">Logits, [batch, classes] or [batch, classes, ...].</param>
            /// <param name="target">Class indices, [batch] or [batch, ...], or probabilities in the shape of the logits.</param>
            /// <param name="weight">A weight for each class, or null.</param>
            /// <param name="ignore_index">A target that counts for nothing.</param>
            /// <param name="reduction">What becomes of the single losses.</param>
            /// <param name="label_smoothing">How much of each target is spread over all classes, 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                NativeMethods.rabbit_cross_entropy(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>The negative log-probability of the targets. A target of -100 counts for nothing.</summary>
            /// <param name="input">Log-probabilities, [batch, classes] or [batch, classes, ...].</param>
            /// <param name="target">Class indices, [batch] or [batch, ...].</param>
            /// <param name="weight">A weight for each class, or null.</param>
            /// <param name="reduction">What becomes of the single losses.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                NativeMethods.rabbit_nll_loss(input, target, weight, (long)reduction, -100);

            /// <summary>The squared difference.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="target">The same shape.</param>
            /// <param name="reduction">What becomes of the single losses.</param>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                NativeMethods.rabbit_mse_loss(input, target, (long)reduction);
        }
    }
}
