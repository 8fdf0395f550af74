using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Facts about what the whole process shares; they run alone.</summary>
[Collection(nameof(ProcessWideTests))]
[CollectionDefinition(nameof(ProcessWideTests), DisableParallelization = true)]
public sealed class ProcessWideTests
{
    [Fact]
    public void TheDefaultDtypeIsUsedWhereNoneIsGiven()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, get_default_dtype());
        set_default_dtype(ScalarType.Float64);
        try
        {
            Assert.Equal(ScalarType.Float64, zeros(1).dtype);
            Assert.Equal(ScalarType.Float64, (arange(2) / 2).dtype);
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }

    [Fact]
    public void ASeedRepeatsTheNumbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var first = randn(5);
        manual_seed(7);
        Assert.True(first.Equals(randn(5)));
        var generator = new Generator(7);
        Assert.True(first.Equals(randn(5, generator: generator)));
        Assert.False(first.Equals(randn(5, generator: generator)));
        Assert.True(first.Equals(randn(5, generator: generator.manual_seed(7))));
    }

    [Fact]
    public void AForgottenTensorIsGivenBackByItsFinalizer()
    {
        var before = Tensor.TotalCount;
        // 400 MB in all; without the finalizer the count would be 100 higher.
        for (var i = 0; i < 100 && Tensor.TotalCount - before < 100; i++)
            Forget();
#pragma warning disable RS0030 // The collector is what this test is about.
        GC.Collect();
#pragma warning restore RS0030
        GC.WaitForPendingFinalizers();
        Assert.True(Tensor.TotalCount - before < 100, $"{Tensor.TotalCount - before} of 100 forgotten tensors are still alive.");
    }

    [Fact]
    public void OpenBlasTakesTheNumberOfThreadsThatIsSet()
    {
        var before = get_num_threads();
        Assert.SkipUnless(NativeLibrary.TryLoad("libopenblas.so.0", out var blas), "libtorch multiplies without OpenBLAS here.");
        var threads = Marshal.GetDelegateForFunctionPointer<Threads>(NativeLibrary.GetExport(blas, "openblas_get_num_threads"));
        set_num_threads(1);
        try
        {
            Assert.Equal(1, threads());
        }
        finally
        {
            set_num_threads(before);
        }
        Assert.Equal(before, threads());
    }

    private delegate int Threads();

    private static void Forget() => zeros(1_000_000);
}
