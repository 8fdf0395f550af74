using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public class Generator : IDisposable
    {
        /// <summary>A new source; the same seed gives the same numbers.</summary>
        public Generator(ulong seed = 0, Device? device = null)
            : this(rabbit_generator_new(seed, (int)(device ?? CPU).type, (device ?? CPU).index)) => this.device = device ?? CPU;

        private Generator(nint handle)
        {
            if (handle == 0)
                NativeError.ThrowIfPending();
            Handle = handle;
            device = CPU;
        }

        /// <summary>Frees the native generator that nobody disposed.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The CPU's own generator, which manual_seed seeds.</summary>
        public static Generator Default => new(rabbit_generator_default());

        /// <summary>The native generator.</summary>
        public IntPtr Handle { get; private set; }

        /// <summary>Where its numbers are made.</summary>
        public Device device { get; private set; }

        /// <summary>Starts the numbers anew from a seed. Returns this generator.</summary>
        public Generator manual_seed(long seed)
        {
            NativeError.Check(rabbit_generator_seed(Handle, (ulong)seed));
            return this;
        }

        /// <summary>The seed that the numbers started from.</summary>
        public long initial_seed()
        {
            NativeError.Check(rabbit_generator_initial_seed(Handle, out var seed));
            return (long)seed;
        }

        /// <summary>The state, to be set again later.</summary>
        public Tensor get_state() => rabbit_generator_state(Handle);

        /// <summary>Goes on from a state that get_state gave.</summary>
        public void set_state(Tensor value) => NativeError.Check(rabbit_generator_set_state(Handle, value));

        /// <summary>Frees the native generator.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Frees the native generator.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (Handle == IntPtr.Zero)
                return;
            rabbit_generator_delete(Handle);
            Handle = IntPtr.Zero;
        }
    }

    /// <summary>Seeds the generators of all devices. Returns the CPU's.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>The seed that the CPU's generator started from.</summary>
    public static long initial_seed() => random.initial_seed();

    /// <summary>The state of the CPU's generator.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Sets the state of the CPU's generator.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default generators.</summary>
    public static partial class random
    {
        /// <summary>Seeds the generators of all devices. Returns the CPU's.</summary>
        public static Generator manual_seed(long seed)
        {
            NativeError.Check(rabbit_manual_seed((ulong)seed));
            return Generator.Default;
        }

        /// <summary>The seed that the CPU's generator started from.</summary>
        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        /// <summary>The state of the CPU's generator.</summary>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <summary>Sets the state of the CPU's generator.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
