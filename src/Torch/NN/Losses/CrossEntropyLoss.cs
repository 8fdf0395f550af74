using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The cross entropy as a module.</summary>
        public sealed class CrossEntropyLoss : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>
        {
            /// <param name="weight">A weight for each class, or null.</param>
            /// <param name="ignore_index">A target that counts for nothing; null for -100.</param>
            /// <param name="reduction">What becomes of the single losses.</param>
            /// <param name="label_smoothing">How much of each target is spread over all classes, 0 to 1.</param>
            public CrossEntropyLoss(
                torch.Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0)
                : base(weight, reduction)
            {
                this.ignore_index = ignore_index;
                this.label_smoothing = label_smoothing;
            }

            /// <summary>A target that counts for nothing.</summary>
            public long? ignore_index { get; }

            /// <summary>How much of each target is spread over all classes.</summary>
            public double label_smoothing { get; }

            /// <param name="input">Logits, [batch, classes] or [batch, classes, ...].</param>
            /// <param name="target">Class indices, or probabilities.</param>
            public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
                functional.cross_entropy(input, target, weight, ignore_index ?? -100, reduction, label_smoothing);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The cross entropy as a module.</summary>
            /// <param name="weight">A weight for each class, or null.</param>
            /// <param name="ignore_index">A target that counts for nothing; null for -100.</param>
            /// <param name="reduction">What becomes of the single losses.</param>
            public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(weight, ignore_index, reduction);
        }
    }
}
