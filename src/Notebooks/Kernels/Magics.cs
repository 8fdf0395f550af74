using System.Diagnostics;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>
/// The lines for the kernel that its package leaves to programs like this one: <c>#!time #!who #!whos #!lsmagic #!about</c>.
/// <c>#!share #!set #!value #!import</c> are the package's own.
/// </summary>
internal static class Magics
{
    /// <summary>The message for a line that names an unknown magic command.</summary>
    public static string Hint =>
        $"The kernels here are {string.Join(", ", RabbitKernels.Names)}; #!lsmagic lists what else a line for the kernel can say.";

    public static void AddTo(CompositeKernel all)
    {
        Add(all, "#!time", "Says how long the cell took.", Time);
        Add(all, "#!lsmagic", "Lists the lines for the kernel.", context => List(all, context));
        Add(all, "#!about", "Says what runs the cells.", About);
        foreach (var kernel in all.ChildKernels.Where(one => one.SupportsCommandType(typeof(RequestValueInfos))))
        {
            Add(kernel, "#!who", "Names the variables.", context => NameVariablesAsync(kernel, context));
            Add(kernel, "#!whos", "Lists variables with types and values.", context => ListVariablesAsync(kernel, context));
        }
    }

    private static void Add(Kernel kernel, string name, string description, Func<KernelInvocationContext, Task> act) =>
        kernel.AddDirective(new KernelActionDirective(name) { Description = description }, (_, context) => act(context));

    private static Task Time(KernelInvocationContext context)
    {
        var clock = Stopwatch.StartNew();
        context.OnComplete(ended => Say(
            ended, clock.Elapsed.TotalSeconds < 1
                ? $"Wall time: {clock.Elapsed.TotalMilliseconds:0.0} ms\n"
                : $"Wall time: {clock.Elapsed.TotalSeconds:0.00} s\n"));
        return Task.CompletedTask;
    }

    private static Task List(CompositeKernel all, KernelInvocationContext context)
    {
        var table = all.ChildKernels.Prepend(all)
            .SelectMany(
                kernel => kernel.KernelInfo.SupportedDirectives.Where(one => !one.Hidden).Select(one => (Kernel: kernel, Directive: one)))
            .OrderBy(one => one.Directive.Name, StringComparer.Ordinal)
            .Aggregate(new Table("line", "in", "what it does"), (rows, one) => rows.Row(
                one.Directive.Name, ReferenceEquals(one.Kernel, all) ? "every cell" : one.Kernel.Name, one.Directive.Description ?? ""));
        return Show(context, table);
    }

    private static Task About(KernelInvocationContext context) => Show(context, new Table("what", "version")
        .Row("LLM Rabbit Holes", typeof(Magics).Assembly.GetName().Version)
        .Row(".NET Interactive", typeof(Kernel).Assembly.GetName().Version)
        .Row(".NET", Environment.Version)
        .Row("system", System.Runtime.InteropServices.RuntimeInformation.OSDescription));

    private static async Task NameVariablesAsync(Kernel kernel, KernelInvocationContext context) =>
        Say(context, $"{string.Join("  ", (await VariablesAsync(kernel)).Select(one => one.Name))}\n");

    private static async Task ListVariablesAsync(Kernel kernel, KernelInvocationContext context) =>
        await Show(context, (await VariablesAsync(kernel)).Aggregate(
            new Table("name", "type", "value"), (table, one) => table.Row(one.Name, one.TypeName ?? "", one.FormattedValue.Value)));

    private static async Task<IEnumerable<Microsoft.DotNet.Interactive.ValueSharing.KernelValueInfo>> VariablesAsync(Kernel kernel) =>
        (await kernel.SendAsync(new RequestValueInfos(kernel.Name))).Events.OfType<ValueInfosProduced>()
            .SelectMany(found => found.ValueInfos);

    private static void Say(KernelInvocationContext context, string text) =>
        context.Publish(new StandardOutputValueProduced(context.Command, [new(MimeBundle.PlainText, text)]));

    private static Task Show(KernelInvocationContext context, object value)
    {
        context.Publish(new DisplayedValueProduced(
            value, context.Command, ValueFormatter.Values(ValueFormatter.Format(value)), Guid.NewGuid().ToString()));
        return Task.CompletedTask;
    }
}
