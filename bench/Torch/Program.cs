using System.Diagnostics;
using System.Text.Json;
using static TorchSharp.torch;

// What does a call cost beyond its arithmetic, next to Python on the same library? The goal is 1.5 times Python's or less.
const int Batches = 1_000;
const int Calls = 300;
const double Goal = 1.5;

set_num_threads(1);
using var vector = arange(16, ScalarType.Float32) / 16;
using var square = arange(256, ScalarType.Float32).reshape(16, 16) / 256;
var cases = new (string Name, Func<Tensor> Call)[]
{
    ("add(16)", () => vector + vector),
    ("matmul 16x16", () => square.matmul(square)),
    ("view", () => square.view(4, 64)),
    ("narrow", () => square.narrow(1, 2, 4)),
    ("[:, 2:6]", () => square[TensorIndex.Colon, TensorIndex.Slice(2, 6)]),
    ("softmax", () => square.softmax(-1)),
    ("RMSNorm of five ops", () => RmsNorm(square)),
};

// Python runs before and after, and its better time counts: the machine may be busy with something else in between.
var interpreter = args.Length > 0 ? args[0] : "/usr/bin/python3";
var before = Python(interpreter);
foreach (var (name, call) in cases)
    CheckSum(name, call, before.GetProperty(name).GetProperty("sum").GetDouble());
var here = cases.ToDictionary(test => test.Name, test => Microseconds(test.Call));
var after = Python(interpreter);

Console.WriteLine($"{"µs per call",-20} {"here",8} {"Python",8} {"ratio",7}");
var slower = 0;
foreach (var (name, cost) in here)
{
    var there = Math.Min(Cost(before, name), Cost(after, name));
    if (cost > Goal * there) slower++;
    Console.WriteLine($"{name,-20} {cost,8:F2} {there,8:F2} {cost / there,7:F2}");
}
Console.WriteLine(slower == 0 ? $"All within {Goal} times Python's." : $"{slower} above {Goal} times Python's.");
return slower == 0 ? 0 : 1;

static double Cost(JsonElement measured, string name) => measured.GetProperty(name).GetProperty("microseconds").GetDouble();

static Tensor RmsNorm(Tensor x)
{
    using var scope = NewDisposeScope();
    return (x * x.pow(2).mean([-1], keepdim: true).add(1e-5).rsqrt()).MoveToOuterDisposeScope();
}

static void CheckSum(string name, Func<Tensor> call, double expected)
{
    using var scope = NewDisposeScope();
    var sum = call().sum().item<float>();
    if (Math.Abs(sum - expected) > 1e-4 * Math.Max(1, Math.Abs(expected)))
        throw new InvalidOperationException($"{name} sums to {sum}; Python has {expected}. A wrong result is not worth timing.");
}

// The fastest batch's time per call: what other processes add is not the call's.
static double Microseconds(Func<Tensor> call)
{
    var best = double.PositiveInfinity;
    for (var batch = 0; batch < Batches; batch++)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Calls; i++)
            call().Dispose();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }
    return best / Calls;
}

static JsonElement Python(string interpreter)
{
    var script = Path.Combine(AppContext.BaseDirectory, "overhead.py");
    var start = new ProcessStartInfo(interpreter, [script, $"{Batches}", $"{Calls}"]) { RedirectStandardOutput = true, UseShellExecute = false };
    using var process = Process.Start(start) ?? throw new InvalidOperationException($"{interpreter} did not start. Pass the path of a Python that has torch.");
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"{interpreter} {script} ended with {process.ExitCode}. Pass the path of a Python that has torch.");
    return JsonDocument.Parse(output).RootElement;
}
