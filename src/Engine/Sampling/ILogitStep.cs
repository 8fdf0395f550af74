namespace LlmRabbitHoles.Sampling;

/// <summary>One named change to the logits on their way to a token. A token is ruled out by minus infinity.</summary>
public interface ILogitStep
{
    /// <summary>The field's name for it, with its setting: <c>top-k 40</c>.</summary>
    string Name { get; }

    /// <summary>Changes the logits in place.</summary>
    /// <param name="logits">[vocab]</param>
    /// <param name="history">Prompt and generated tokens so far.</param>
    void Apply(Span<float> logits, ReadOnlySpan<int> history);
}
