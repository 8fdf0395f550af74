namespace LlmRabbitHoles.Sampling;

/// <summary>One named step from logits to a token. Minus infinity rules a token out.</summary>
public interface ILogitStep
{
    /// <summary>The field's name for it, with its setting: <c>top-k 40</c>.</summary>
    string Name { get; }

    /// <summary>Changes the logits in place.</summary>
    /// <param name="logits">[vocab]</param>
    /// <param name="history">Prompt and generated tokens so far.</param>
    /// <param name="promptLength">How many tokens of the history are the prompt; the rest was generated. Default 0: all was.</param>
    void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0);
}
