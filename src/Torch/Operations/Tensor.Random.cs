using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Random numbers; null is the device's own generator, which manual_seed seeds.</content>
    public partial class Tensor
    {
        /// <summary>For each row, positions drawn with the row's elements as weights: [.., num_samples] Int64.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            rabbit_multinomial(this, num_samples, replacement, Native(generator));

        /// <summary>1 with each element's probability, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => rabbit_bernoulli(this, Native(generator));

        /// <summary>Writes 1 with probability p, else 0. Returns this tensor.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace(rabbit_bernoulli_(this, p, Native(generator)));

        /// <summary>Fills with numbers drawn evenly from [from, to). Returns this tensor.</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            InPlace(rabbit_uniform_(this, from, to, Native(generator)));

        /// <summary>Fills with numbers of a normal distribution. Returns this tensor.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            InPlace(rabbit_normal_(this, mean, std, Native(generator)));

        /// <summary>Fills with numbers of an exponential distribution. Returns this tensor.</summary>
        public Tensor exponential_(double lambda = 1, Generator? generator = null) =>
            InPlace(rabbit_exponential_(this, lambda, Native(generator)));

        private static nint Native(Generator? generator) => generator?.Handle ?? 0;
    }
}
