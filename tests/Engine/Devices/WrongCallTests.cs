using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using LlmRabbitHoles.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>
/// No wrong call may end the process: every member of TorchSharp that the engine's dlls and the notebooks' cells name is called, in a
/// child process, with shapes that do not fit, with a wrong dtype and with a disposed tensor.
/// </summary>
public sealed partial class WrongCallTests
{
    private const string Report = "RABBIT_WRONG_CALLS";

    // These end the process. The engine calls none of them, and a cell of our session gets MatrixProduct and CheckedCalls in their place.
    private static readonly string[] Deadly = ["matmul", "var", "cummax", "cummin"];

    [Fact]
    public async Task NoWrongCallEndsTheProcess()
    {
        var report = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(
                "dotnet",
                [typeof(WrongCallTests).Assembly.Location, "-method", $"{typeof(WrongCallTests).FullName}.{nameof(MakesTheCalls)}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment[Report] = report;
            using var child = Process.Start(start)!;
            var errors = child.StandardError.ReadToEndAsync();
            await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            var calls = await File.ReadAllLinesAsync(report);
            var said = await errors;
            Assert.True(child.ExitCode == 0, $"the last call was: {calls.LastOrDefault()}\n{said}");
            Assert.True(calls.Length > 300, $"only {calls.Length} calls were made");
        }
        finally
        {
            File.Delete(report);
        }
    }

    /// <summary>The child's part; without the variable there is nothing to do.</summary>
    [Fact]
    public void MakesTheCalls()
    {
        if (Environment.GetEnvironmentVariable(Report) is not { } report) return;
        using var log = new StreamWriter(report) { AutoFlush = true };
        foreach (var method in Used())
        {
            foreach (var wrong in Enum.GetValues<Wrong>())
            {
                using var scope = NewDisposeScope();
                if (Arguments(method, wrong) is not var (self, arguments)) continue;
                log.WriteLine($"{method} {wrong}");
                try
                {
                    method.Invoke(self, arguments);
                }
#pragma warning disable CA1031 // Any exception is well: the process lives.
                catch (Exception)
#pragma warning restore CA1031
                {
                }
            }
        }
    }

    private enum Wrong
    {
        Shape,
        Axes,
        Dtype,
        Disposed,
    }

    private static IEnumerable<MethodInfo> Used()
    {
        var names = Assemblies().SelectMany(Members).Concat(Cells()).Except(Deadly).ToHashSet(StringComparer.Ordinal);
        var types = new[] { typeof(Tensor), typeof(torch), typeof(nn.functional), typeof(linalg), typeof(special) };
        return types
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => names.Contains(method.Name) && !method.IsGenericMethod && !method.IsSpecialName)
            .Where(method => method.DeclaringType == typeof(Tensor)
                || method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Tensor)));
    }

    private static IEnumerable<string> Assemblies() =>
        Directory.GetFiles(AppContext.BaseDirectory, "LlmRabbitHoles.*.dll")
            .Where(file => !file.Contains("Tests", StringComparison.Ordinal));

    // Every member of TorchSharp that the assembly's code refers to.
    private static IEnumerable<string> Members(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(handle => metadata.GetString(metadata.GetMemberReference(handle).Name))];
    }

    private static IEnumerable<string> Cells() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
            .SelectMany(notebook => Word().Matches(File.ReadAllText(notebook)).Select(match => match.Value));

    [GeneratedRegex(@"\w+(?=\()")]
    private static partial Regex Word();

    private static (object? Self, object?[] Arguments)? Arguments(MethodInfo method, Wrong wrong)
    {
        var number = 0;
        var self = method.IsStatic ? null : (object)Bad(wrong, number++);
        var arguments = new List<object?>();
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType == typeof(Tensor)) arguments.Add(Bad(wrong, number++));
            else if (Value(parameter, wrong) is { } value) arguments.Add(value);
            else if (parameter.HasDefaultValue) arguments.Add(parameter.DefaultValue);
            else return null;
        }

        return (self, [.. arguments]);
    }

    private static object? Value(ParameterInfo parameter, Wrong wrong) => parameter.ParameterType switch
    {
        var type when type == typeof(long) => 7L,
        var type when type == typeof(int) => 7,
        var type when type == typeof(double) => -1.0,
        var type when type == typeof(float) => -1f,
        var type when type == typeof(bool) => true,
        var type when type == typeof(Scalar) => (Scalar)(wrong == Wrong.Dtype ? 1.5 : 7),
        var type when type == typeof(long[]) => new long[] { 5, -3, 9 },
        var type when type == typeof(ReadOnlySpan<long>) => null,
        var type when type == typeof(string) => "nonsense",
        var type when type == typeof(ScalarType) => ScalarType.Bool,
        var type when type == typeof(Tensor[]) => new[] { Bad(wrong, 0), Bad(wrong, 1) },
        var type when type == typeof(TensorIndex[]) => new[] { TensorIndex.Single(99), TensorIndex.Single(99), TensorIndex.Single(99) },
        _ => null,
    };

    private static Tensor Bad(Wrong wrong, int number)
    {
        switch (wrong)
        {
            case Wrong.Shape:
                return ones(2 + number, 3 + (5 * number));
            case Wrong.Axes:
                return ones([.. Enumerable.Repeat(2L + number, 4 * number)]);
            case Wrong.Dtype:
                return ones([2, 3], dtype: number % 2 == 0 ? ScalarType.Bool : ScalarType.Float64);
            default:
                var disposed = ones(2, 3);
                disposed.Dispose();
                return disposed;
        }
    }
}
