using System.Text.RegularExpressions;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Tracing;

namespace LlmRabbitHoles.Attending;

/// <summary>
/// Changes what a model computes while it runs, by the names of an <see cref="ActivationTrace"/>: a head is switched off, a layer is
/// skipped, a state of another text takes the place of one.
/// </summary>
/// <remarks>A forward without edits pays nothing. The weights of attention can be changed where <see cref="PlainAttention"/> computes
/// them.</remarks>
/// <example><code>
/// var edits = ActivationEdits.Of("layers.3.self_attn.heads", heads => heads.index_fill(1, tensor(2L), 0));    // head 2 says nothing
/// var pass = new ForwardPass { Edits = edits };
/// new TextGenerator(model, pass).Generate(prompt);
/// </code></example>
public sealed class ActivationEdits
{
    private readonly IReadOnlyList<(Regex Wanted, Func<Tensor, ForwardPass, Tensor> Change)> _edits;

    private ActivationEdits(IReadOnlyList<(Regex Wanted, Func<Tensor, ForwardPass, Tensor> Change)> edits) => _edits = edits;

    /// <summary>One change.</summary>
    /// <param name="pattern">Names, with <c>*</c> for one part of a path and <c>**</c> for any number of parts.</param>
    /// <param name="change">Gets a value and returns the value to go on with, of the same shape; it disposes neither.</param>
    public static ActivationEdits Of(string pattern, Func<Tensor, Tensor> change) => Of(pattern, (value, _) => change(value));

    /// <summary>One change that depends on the pass: on where the tokens stand, or on what is cached.</summary>
    /// <param name="pattern">Names, with <c>*</c> for one part of a path and <c>**</c> for any number of parts.</param>
    /// <param name="change">Gets a value and its pass and returns the value to go on with, of the same shape; it disposes neither.</param>
    public static ActivationEdits Of(string pattern, Func<Tensor, ForwardPass, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(change);
        return new ActivationEdits([(ActivationNames.Matching([pattern]), change)]);
    }

    /// <summary>These changes and then others.</summary>
    public ActivationEdits And(ActivationEdits others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new ActivationEdits([.. _edits, .. others._edits]);
    }

    /// <summary>Whether a value of this name would be changed.</summary>
    public bool Wants(string name) => _edits.Any(edit => edit.Wanted.IsMatch(name));

    /// <summary>The value to go on with: this one where nothing changes it.</summary>
    /// <exception cref="ShapeException">A change returned another shape.</exception>
    internal Tensor Apply(string name, Tensor value, ForwardPass pass)
    {
        foreach (var (_, change) in _edits.Where(edit => edit.Wanted.IsMatch(name)))
        {
            var changed = change(value, pass);
            if (!changed.shape.SequenceEqual(value.shape))
                throw new ShapeException($"The edit of '{name}' returned [{string.Join(", ", changed.shape)}]; " +
                    $"it got [{string.Join(", ", value.shape)}]. Return the same shape.");
            value = changed;
        }
        return value;
    }
}
