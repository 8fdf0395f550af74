using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LlmRabbitHoles.Agents.Tools;

/// <summary>A C# method as a tool: its parameters become a JSON schema, and a call's arguments become their values.</summary>
/// <remarks>The schema is made by Microsoft.Extensions.AI: <c>[Description]</c> on the method and its parameters is what the model reads,
/// parameters without a default are required, enums are lists of their names, and records are objects.
/// A <see cref="CancellationToken"/> parameter is not shown; it is cancelled when the call's time is over.</remarks>
public sealed class FunctionTool : ITool
{
    private readonly AIFunction _function;
    private readonly SchemaArguments _arguments;

    /// <summary>A function of Microsoft.Extensions.AI as a tool.</summary>
    public FunctionTool(AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        (_function, _arguments) = (function, new SchemaArguments(function.JsonSchema));
    }

    /// <inheritdoc/>
    public string Name => _function.Name;

    /// <inheritdoc/>
    public string Description => _function.Description;

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters => _arguments.Names;

    /// <inheritdoc/>
    public JsonElement? Schema => _function.JsonSchema;

    /// <summary>A method as a tool.</summary>
    /// <param name="method">Its result is what the model reads: a text as it is, anything else as JSON.</param>
    /// <param name="name">What the model calls it. Default: the method's name.</param>
    /// <param name="description">What it does. Default: its <c>[Description]</c>.</param>
    public static FunctionTool Of(Delegate method, string? name = null, string? description = null) =>
        new(AIFunctionFactory.Create(method, name, description));

    /// <inheritdoc/>
    public string Invoke(IReadOnlyDictionary<string, string> arguments) =>
        InvokeAsync(arguments, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async Task<string> InvokeAsync(IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var values = new AIFunctionArguments();
        foreach (var (name, value) in _arguments.Read(arguments)) values[name] = value;
        // On a thread of the pool: a method that does not await would keep the calls beside it waiting.
        var result = await Task.Run(() => _function.InvokeAsync(values, cancellationToken).AsTask(), cancellationToken)
            .ConfigureAwait(false);
        return ToolText.Of(result);
    }
}
