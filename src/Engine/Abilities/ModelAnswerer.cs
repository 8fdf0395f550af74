using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.Abilities;

/// <summary>A model that answers greedily, with the tools that a case offers.</summary>
/// <param name="model">Lent; several answerers may share it, each on its own thread.</param>
public sealed class ModelAnswerer(LanguageModel model) : IAnswerer
{
    /// <summary>Tokens of a turn at most.</summary>
    public const int MaxTokens = 400;

    private static readonly GenerationOptions _options = new() { MaxTokens = MaxTokens };

    /// <inheritdoc/>
    public Transcript Answer(AbilityCase test, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(test);
        var loop = new AgentLoop(model, new Toolbox(test.Tools)) { Options = _options, MayThink = test.MayThink };
        var transcript = loop.Run(test.Messages, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return transcript;
    }
}
