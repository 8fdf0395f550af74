using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/random.cpp: random numbers.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint rabbit_generator_new(ulong seed, int deviceType, int deviceIndex);

    [LibraryImport(Library)]
    internal static partial nint rabbit_generator_default();

    [LibraryImport(Library)]
    internal static partial void rabbit_generator_delete(nint generator);

    [LibraryImport(Library)]
    internal static partial int rabbit_generator_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    internal static partial int rabbit_generator_initial_seed(nint generator, out ulong seed);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_generator_state(nint generator);

    [LibraryImport(Library)]
    internal static partial int rabbit_generator_set_state(nint generator, Tensor state);

    [LibraryImport(Library)]
    internal static partial int rabbit_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial int rabbit_cuda_manual_seed(ulong seed, int first, int last);

    [LibraryImport(Library)]
    internal static partial int rabbit_cuda_current_device();

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_rand(ReadOnlySpan<long> sizes, long count, nint generator, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_randn(ReadOnlySpan<long> sizes, long count, nint generator, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_randint(
        long low, long high, ReadOnlySpan<long> sizes, long count, nint generator, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_randperm(long n, nint generator, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_rand_like(Tensor self, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_randn_like(Tensor self, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_multinomial(
        Tensor self, long samples, [MarshalAs(UnmanagedType.U1)] bool replacement, nint generator);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_bernoulli(Tensor self, nint generator);

    [LibraryImport(Library)]
    internal static partial int rabbit_bernoulli_(Tensor self, double p, nint generator);

    [LibraryImport(Library)]
    internal static partial int rabbit_uniform_(Tensor self, double from, double to, nint generator);

    [LibraryImport(Library)]
    internal static partial int rabbit_normal_(Tensor self, double mean, double deviation, nint generator);

    [LibraryImport(Library)]
    internal static partial int rabbit_exponential_(Tensor self, double lambda, nint generator);
}
