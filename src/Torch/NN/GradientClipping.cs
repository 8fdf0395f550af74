using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What training does to gradients and weights between steps.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients down together where their common norm exceeds a bound.</summary>
            /// <param name="tensors">The parameters; those without a gradient count for nothing.</param>
            /// <param name="max_norm">The bound.</param>
            /// <param name="norm_type">The p of the norm; infinity for the largest magnitude.</param>
            /// <returns>The norm before the scaling.</returns>
            /// <remarks>Pascanu et al. 2013, arXiv:1211.5063. One synchronization with the device, for the result.</remarks>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var grad = no_grad();
                using var scope = NewDisposeScope();
                var gradients = tensors.Select(parameter => parameter.grad).OfType<Tensor>().ToArray();
                if (gradients.Length == 0) return 0;
                var norm = TotalNorm(gradients, norm_type);
                var factor = (max_norm / (norm + 1e-6)).clamp(max: 1.0);
                foreach (var gradient in gradients) gradient.mul_(factor);
                return norm.to(ScalarType.Float64).item<double>();
            }

            private static Tensor TotalNorm(Tensor[] gradients, double p) =>
                stack(gradients.Select(gradient => gradient.norm((float)p))).norm((float)p);
        }
    }
}
