using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Formatting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>
/// The kernels of one notebook: C#, which cells are unless they say
/// otherwise, and html, javascript, mermaid and value beside it.
/// </summary>
public sealed class RabbitKernels : IDisposable
{
    /// <summary>Whether this thread is about to publish a display; buffered text must be sent before it.</summary>
    [field: ThreadStatic]
    internal static bool IsPublishing { get; private set; }

    /// <summary>The kernel names that cells may use.</summary>
    public static IReadOnlyList<string> Names { get; } = ["csharp", "html", "javascript", "markdown", "mermaid", "value"];

    private readonly IDisposable[] _subscriptions;

    /// <summary>Starts them. Formats and console belong to the process, so a process should have one of these.</summary>
    /// <param name="options">The working folder of C# and the output limit of a cell; null uses the defaults.</param>
    public RabbitKernels(SessionOptions? options = null)
    {
        // Before the first use of Kernel, which subscribes in its static constructor.
        var displays = Formatter.SubscribeToDisplayedValues(Take);
        CSharp = new RabbitKernel(options ?? new SessionOptions(), Counter);
        All = new CompositeKernel { DefaultKernelName = CSharp.Name };
        All.Add(CSharp.UseValueSharing(), ["c#", "C#"]);
        All.Add(new PageKernel("html", "HTML", PageKernel.Html).UseValueSharing());
        All.Add(new PageKernel("javascript", "JavaScript", PageKernel.Script).UseValueSharing(), ["js"]);
        All.Add(new PageKernel("mermaid", "Mermaid", PageKernel.Mermaid).UseValueSharing());
        All.Add(new PageKernel("markdown", "Markdown", PageKernel.Markdown).UseValueSharing(), ["md"]);
        All.Add(new KeyValueStoreKernel().UseValueSharing());
        All.UseImportMagicCommand();
        Magics.AddTo(All);
        All.AddMiddleware((command, context, next) =>
        {
            Counter.NumberOf(context.Command);
            return next(command, context);
        });
        if (options?.ReadInput is { } ask)
            AskWith(ask);
        _subscriptions = [displays, All.KernelEvents.Subscribe(new Amending())];
    }

    /// <summary>The composite kernel that receives commands.</summary>
    public CompositeKernel All { get; }

    /// <summary>The C# kernel.</summary>
    public RabbitKernel CSharp { get; }

    /// <summary>Numbers the cells.</summary>
    internal CellCounter Counter { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in _subscriptions)
            one.Dispose();
        All.Dispose();
    }

    /// <summary>Answers input requests of lines for the kernel and of the package's own functions.</summary>
    private void AskWith(Func<string, bool, Task<string?>> ask)
    {
        All.RegisterCommandHandler<RequestInput>(async (question, context) =>
        {
            if (await ask(question.Prompt, question.IsPassword) is { } answer)
                context.Publish(new InputProduced(answer, question));
            else
                context.Fail(question, message: "This front end cannot ask the reader for input.");
        });
        All.SetDefaultTargetKernelNameForCommand(typeof(RequestInput), All.Name);
    }

    /// <summary>Publishes displays that come after their cell's end, which the package would drop.</summary>
    private static void Take(DisplayedValue displayed)
    {
        if (KernelInvocationContext.Current is { IsComplete: true })
            CellSink.Current?.Display(ValueFormatter.Bundle(displayed.FormattedValues), displayed.DisplayId, displayed.IsUpdated);
    }

    /// <summary>Sees every event before later subscribers.</summary>
    private sealed class Amending : IObserver<KernelEvent>
    {
        /// <summary>The package's error code for a line that names neither a kernel nor a magic command.</summary>
        private const string Unknown = "DNI101";

        public void OnNext(KernelEvent value)
        {
            if (value is CommandFailed { Message: { } message } failed && message.Contains(Unknown, StringComparison.Ordinal))
                failed.Message = $"{message.TrimEnd()}. {Magics.Hint}";
            // A display that does not come through the session waits until the console's gathered text is out.
            if (!IsPublishing && value is DisplayEvent and not (StandardOutputValueProduced or StandardErrorValueProduced))
            {
                IsPublishing = true;
                CellSink.Current?.Flush();
                IsPublishing = false;
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
