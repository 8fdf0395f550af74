using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Language;

namespace LlmRabbitHoles.Notebooks.Kernel;

/// <summary>Something a kernel process says, one JSON object a line. See <see cref="EventLine"/> for the wire format.</summary>
public abstract record KernelEvent;

/// <summary>The kernel takes requests.</summary>
/// <param name="Protocol">The version of this protocol: 1.</param>
/// <param name="Process">The process id, to signal or to end.</param>
public sealed record KernelReady(int Protocol, int Process) : KernelEvent;

/// <summary>The cell has left the queue.</summary>
/// <param name="Id">The request's id.</param>
public sealed record CellStarted(string Id) : KernelEvent;

/// <summary>The cell showed something.</summary>
/// <param name="Id">The request's id; null for what native code wrote past the console, which belongs to the cell that runs.</param>
/// <param name="Output">A stream, display, result or error.</param>
public sealed record CellShowed(string? Id, CellOutput Output) : KernelEvent;

/// <summary>The cell has ended; nothing but late output of threads it left behind follows for it.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="Succeeded">False when an error was shown.</param>
/// <param name="ExecutionCount">1 for the kernel's first cell; null for a cell without code.</param>
/// <param name="Elapsed">Wall time, compilation included.</param>
public sealed record CellFinished(string Id, bool Succeeded, int? ExecutionCount, TimeSpan Elapsed) : KernelEvent;

/// <summary>An interrupted cell has not ended a while after; only ending the process helps.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="Message">A sentence for the reader.</param>
public sealed record CellUnstoppable(string Id, string Message) : KernelEvent;

/// <summary>A request was not understood.</summary>
/// <param name="Message">What was wrong with it.</param>
public sealed record RequestRefused(string Message) : KernelEvent;

/// <summary>The answer to a <see cref="CompleteRequest"/>.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="List">The proposals and what they replace.</param>
public sealed record CompletionsFound(string Id, CompletionList List) : KernelEvent;

/// <summary>The answer to an <see cref="InspectRequest"/>.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="Found">Null when nothing that has a name stands there.</param>
public sealed record Inspected(string Id, Inspection? Found) : KernelEvent;

/// <summary>The answer to an <see cref="IsCompleteRequest"/>.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="Answer">Complete, incomplete or invalid.</param>
public sealed record CompletenessTold(string Id, Completeness Answer) : KernelEvent;
