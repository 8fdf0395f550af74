using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Lessons;

/// <summary>What a model wrote, token by token, and what else it might have written at each step.</summary>
public sealed class Answer : Displayable
{
    private readonly LanguageModel _model;
    private readonly Lazy<Distribution[]> _steps;

    internal Answer(GenerationResult result, LanguageModel model, Func<IReadOnlyList<int>, Distribution[]> after)
    {
        (Result, _model) = (result, model);
        _steps = new(() => after([.. result.PromptTokens, .. result.Tokens])[(result.PromptTokens.Count - 1)..]);
    }

    /// <summary>The engine's own result, with ids and timings.</summary>
    public GenerationResult Result { get; }

    /// <summary>The text that it wrote.</summary>
    public string Text => Result.Text ?? "";

    /// <summary>The pieces that it wrote, without the token that ended its turn.</summary>
    public IReadOnlyList<string> Pieces => [.. Result.Tokens.Select(_model.Tokenizer.Piece)];

    /// <summary>Why it ended.</summary>
    public StopReason StopReason => Result.StopReason;

    /// <summary>What the model found likely before each piece, and after the last: one more than there are pieces.</summary>
    public IReadOnlyList<Distribution> Steps => _steps.Value;

    /// <summary>The probability of one token at each step.</summary>
    /// <returns>[pieces + 1]</returns>
    /// <exception cref="ArgumentException">No token has that text.</exception>
    public IReadOnlyList<double> ChanceOf(string token) => [.. Steps.Select(step => step[token])];

    /// <inheritdoc/>
    public override string ToHtml() => Markup.Write(Markup.Display("An answer",
        Markup.Html("p", Text), Markup.Html("p", Markup.Class("n"), Ending)));

    /// <inheritdoc/>
    public override string ToText() => $"{Text}\n{Ending}";

    private string Ending => $"{Result.Tokens.Count} tokens; {StopReason.ToWireName()}";
}
