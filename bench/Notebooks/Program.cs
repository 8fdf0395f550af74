// How fast does a cell run, and how much memory does it keep?
//   dotnet run -c Release --project bench/Notebooks [-- CELLS]
// The first table starts `rabbit kernel --stdio` twice; `./rabbit build` makes it. The second start finds its files in the system's cache.
// The second table runs CELLS cells (default 1,000) of each kind in a new session, after 50 cells of warm-up.
// Heap and resident are the growth per cell: of the memory that the garbage collector keeps, and of the process's memory.
// CPU is the process's own time, which other processes on a busy machine hardly change.
using System.Diagnostics;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Running;
using LlmRabbitHoles.Notebooks.Session;

const int WarmUp = 50;
// A session redirects the console for its cells, so keep the original.
var console = Console.Out;
var cells = args.Length > 0 ? int.Parse(args[0]) : 1000;

console.WriteLine($"{Environment.ProcessorCount} processors");
console.WriteLine($"{"kernel process",-34}{"ms",10}");
for (var start = 1; start <= 2; start++)
{
    var clock = Stopwatch.StartNew();
    await using var kernel = KernelClient.Start(KernelProgram.Default, Environment.CurrentDirectory);
    await kernel.ExecuteAsync("first", "Console.WriteLine(new[] { 1, 2, 3 }.Sum())", _ => { });
    console.WriteLine($"{$"start {start}: first cell done",-34}{clock.Elapsed.TotalMilliseconds,10:F0}");
    var times = new List<double>();
    for (var i = 0; i < 50; i++)
    {
        clock.Restart();
        await kernel.ExecuteAsync($"empty{i}", "", _ => { });
        times.Add(clock.Elapsed.TotalMilliseconds);
    }

    times.Sort();
    console.WriteLine($"{"  empty cell, median of 50",-34}{times[25],10:F2}");
}

console.WriteLine($"{"cells",-34}{"ms/cell",10}{"CPU ms",10}{"last tenth",12}{"heap KB",10}{"resident KB",13}");
await MeasureAsync("comment", _ => "// nothing");
await MeasureAsync("expression", i => $"{i} + 1");
await MeasureAsync("loop", i => $"for (var i = 0; i < {i}; i++) {{ }}");
await MeasureAsync("a new variable each", i => $"var x{i} = {i};");
await MeasureAsync("the same variable again", i => $"var x = {i};");
await MeasureAsync("the same variable, then used", i => i % 2 == 0 ? $"var x = {i};" : "x + 1");
await MeasureAsync(
    "the same function and class again", i => $"int F(int v) => v + {i}; class A {{ public int V => F2() + {i}; static int F2() => 1; }}");
await MeasureAsync("an anonymous type", i => $"var a = new {{ X = {i} }};");

async Task MeasureAsync(string kind, Func<int, string> code)
{
    using var session = new CSharpSession();
    await RunAsync(0, WarmUp);
    var (heap, resident) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    var (clock, cpu, tenth) = (Stopwatch.StartNew(), Cpu(), cells / 10);
    await RunAsync(WarmUp, cells - tenth);
    var tailStart = Cpu();
    await RunAsync(WarmUp + cells - tenth, tenth);
    var (wall, end) = (clock.Elapsed.TotalMilliseconds, Cpu());
    var (heapNow, residentNow) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    console.WriteLine(
        $"{kind,-34}{wall / cells,10:F1}{(end - cpu) / cells,10:F1}{(end - tailStart) / tenth,12:F1}" +
        $"{(heapNow - heap) / 1024.0 / cells,10:F1}{(residentNow - resident) / 1024.0 / cells,13:F1}");

    static double Cpu() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    async Task RunAsync(int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            var outputs = new List<CellOutput>();
            var outcome = await session.ExecuteAsync(code(i), outputs.Add);
            if (!outcome.Succeeded)
                throw new InvalidOperationException(string.Join('\n', outputs));
        }
    }
}
