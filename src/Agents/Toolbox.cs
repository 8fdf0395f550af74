using System.Globalization;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents;

/// <summary>The tools that a model may call, found by name.</summary>
public sealed class Toolbox
{
    /// <summary>A toolbox with these tools.</summary>
    /// <param name="tools">Their names differ.</param>
    /// <exception cref="ArgumentException">Two tools have the same name.</exception>
    public Toolbox(IReadOnlyList<ITool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        Tools = tools;
        if (tools.GroupBy(tool => tool.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException(
                $"{twice.Count()} tools are named '{twice.Key}', and a model calls a tool by its name. Rename one of them.", nameof(tools));
        }
    }

    /// <summary>No tools.</summary>
    public static Toolbox Empty { get; } = new([]);

    /// <summary>The tools in the order in which the model reads them.</summary>
    public IReadOnlyList<ITool> Tools { get; }

    /// <summary>How many calls are run, for how long, and how long a result may be.</summary>
    public ToolLimits Limits { get; init; } = new();

    /// <summary>Runs the called tool.</summary>
    /// <returns>The tool's result, or a sentence that says what is wrong with the call. The model reads either one.</returns>
    public string Invoke(ToolCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return InvokeAsync([call]).GetAwaiter().GetResult()[0].Text;
    }

    /// <summary>Runs the calls of one turn side by side.</summary>
    /// <param name="calls">As the model wrote them; null for one that could not be read.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What the model reads after each call, in their order: the tool's result, or what is wrong.</returns>
    public async Task<IReadOnlyList<ToolOutcome>> InvokeAsync(
        IReadOnlyList<ToolCall?> calls, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return await Task.WhenAll(calls.Select((call, index) => index < Limits.CallsPerTurn
            ? OutcomeOf(call, cancellationToken)
            : Task.FromResult(ToolOutcome.Wrong(call, $"This call was not run: the limit is {Limits.CallsPerTurn} a turn. Call again."))))
            .ConfigureAwait(false);
    }

    private async Task<ToolOutcome> OutcomeOf(ToolCall? call, CancellationToken cancellationToken)
    {
        if (call is null) return ToolOutcome.Wrong(call, "The call is not a JSON object with \"name\" and \"arguments\".");
        if (Tools.FirstOrDefault(t => t.Name == call.Name) is not { } tool)
            return ToolOutcome.Wrong(call, $"There is no tool {call.Name}.");
        if (tool.Schema is null && tool.Parameters.FirstOrDefault(p => !call.Arguments.ContainsKey(p)) is { } missing)
            return ToolOutcome.Wrong(call, $"The argument {missing} is missing.");
        var outcome = await RunAsync(tool, call, cancellationToken).ConfigureAwait(false);
        return outcome with { Text = Shortened(outcome.Text) };
    }

    private async Task<ToolOutcome> RunAsync(ITool tool, ToolCall call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Limits.Timeout, Limits.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            // A tool that does not look at its token is left behind.
            var result = await tool.InvokeAsync(call.Arguments, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return new ToolOutcome(call, result, IsError: false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return ToolOutcome.Wrong(call, string.Create(
                CultureInfo.InvariantCulture, $"The tool {call.Name} gave no result within {Limits.Timeout.TotalSeconds:0.###} seconds."));
        }
        catch (ToolException error)
        {
            return ToolOutcome.Wrong(call, error.Message);
        }
#pragma warning disable CA1031 // Whatever a tool throws, the model reads it and may try another way.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ToolOutcome.Wrong(call, $"The tool {call.Name} failed: {error.Message}");
        }
    }

    private string Shortened(string text)
    {
        if (text.Length <= Limits.ResultLength) return text;
        var length = char.IsHighSurrogate(text[Limits.ResultLength - 1]) ? Limits.ResultLength - 1 : Limits.ResultLength;
        return $"{text[..length]} [cut: the first {length} of {text.Length} characters]";
    }
}

/// <summary>How much the tools of a <see cref="Toolbox"/> may do.</summary>
public sealed record ToolLimits
{
    /// <summary>Calls of one turn that are run; the others are answered with an error. Default 16.</summary>
    public int CallsPerTurn { get; init => field = Positive(value, nameof(CallsPerTurn)); } = 16;

    /// <summary>Characters of a result that the model reads; of a longer one the beginning. Default 20,000.</summary>
    public int ResultLength { get; init => field = Positive(value, nameof(ResultLength)); } = 20_000;

    /// <summary>How long a call is waited for. Default 30 seconds.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(
            nameof(Timeout), value, "A tool's timeout must be longer than zero.");
    } = TimeSpan.FromSeconds(30);

    /// <summary>Measures the timeout. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    private static int Positive(int value, string name) => value > 0 ? value : throw new ArgumentOutOfRangeException(
        name, value, $"{name} must be 1 or more.");
}

/// <summary>What became of a call.</summary>
/// <param name="Call">What was called; null where the call could not be read.</param>
/// <param name="Text">What the model reads.</param>
/// <param name="IsError">Whether that says what went wrong.</param>
public sealed record ToolOutcome(ToolCall? Call, string Text, bool IsError)
{
    internal static ToolOutcome Wrong(ToolCall? call, string text) => new(call, text, IsError: true);
}
