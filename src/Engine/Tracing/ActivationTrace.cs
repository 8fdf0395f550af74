using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Tracing;

/// <summary>Keeps copies of what a model computes while it runs, asked for by name: the path of a module and <c>output</c>.</summary>
/// <remarks>A forward without a trace pays nothing; one with a trace pays for what it keeps.
/// <code>
/// embed_tokens.output                       [batch, time, hidden]               what the tokens begin as
/// layers.3.input_layernorm.output           [batch, time, hidden]               what attention reads
/// layers.3.self_attn.q, .k, .v              [batch, heads, time, headDim]       after the rotation by position
/// layers.3.self_attn.weights                [batch, heads, time, past + time]   each row sums to 1
/// layers.3.self_attn.heads                  [batch, heads, time, headDim]       what each head mixed, before the output matrix
/// layers.3.self_attn.output                 [batch, time, hidden]               what attention adds to the stream
/// layers.3.post_attention_layernorm.output  [batch, time, hidden]               what the feed-forward network reads
/// layers.3.mlp.output                       [batch, time, hidden]               what it adds to the stream
/// layers.3.output                           [batch, time, hidden]               the stream after layer 3
/// layers.3.logits                           [batch, time, vocab]                what layer 3 would answer
/// norm.output                               [batch, time, hidden]               what the output matrix reads
/// </code></remarks>
public sealed class ActivationTrace : IDisposable
{
    private readonly Regex _wanted;
    private readonly Dictionary<string, Tensor> _seen = new(StringComparer.Ordinal);

    /// <summary>A trace of everything whose name fits.</summary>
    /// <param name="patterns">Names in which <c>*</c> stands for one part of a path and <c>**</c> for any number of parts:
    /// <c>layers.*.output</c>. None: nothing is kept.</param>
    public ActivationTrace(params string[] patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        _wanted = ActivationNames.Matching(patterns);
    }

    /// <summary>What was kept, in the order in which it was first seen.</summary>
    public IReadOnlyCollection<string> Names => _seen.Keys;

    /// <summary>The last value seen under a name; the trace owns it.</summary>
    /// <exception cref="KeyNotFoundException">Nothing of that name was kept.</exception>
    public Tensor this[string name] => _seen.TryGetValue(name, out var value)
        ? value
        : throw new KeyNotFoundException(
            $"Nothing was traced under '{name}'. Traced: {(_seen.Count == 0 ? "nothing" : string.Join(", ", _seen.Keys))}. " +
            "Name it in the trace's patterns before the forward.");

    /// <summary>Whether a value of this name would be kept.</summary>
    public bool Wants(string name) => _wanted.IsMatch(name);

    /// <summary>Keeps a copy of a value if its name is wanted.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="value">Any shape; the caller keeps it.</param>
    public void Record(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!Wants(name)) return;
        using var scope = NewDisposeScope();
        var copy = value.detach().clone().DetachFromDisposeScope();
        if (_seen.Remove(name, out var earlier)) earlier.Dispose();
        _seen[name] = copy;
    }

    /// <summary>Frees what was kept.</summary>
    public void Dispose()
    {
        foreach (var value in _seen.Values) value.Dispose();
        _seen.Clear();
    }
}
