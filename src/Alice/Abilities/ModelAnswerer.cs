using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>A model that answers greedily, with the tools that a case offers.</summary>
/// <param name="model">Lent, with a tokenizer and a chat template; several answerers may share it, each on its own thread.</param>
public sealed class ModelAnswerer(LanguageModel model) : IAnswerer
{
    /// <summary>Tokens of a turn at most.</summary>
    public const int MaxTokens = 400;

    private readonly int[] _turnEnd = TurnEnd(model);

    /// <inheritdoc/>
    public Transcript Answer(AbilityCase test, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(test);
        var options = new GenerationOptions { MaxTokens = MaxTokens, StopTokens = test.MustEndTurn ? _turnEnd : null };
        var loop = new AgentLoop(model, new Toolbox(test.Tools)) { Options = options, MayThink = test.MayThink };
        var transcript = loop.Run(test.Messages, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return transcript;
    }

    /// <summary>The end tokens that the chat template writes after an assistant message; all end tokens if it writes none.</summary>
    private static int[] TurnEnd(LanguageModel model)
    {
        const string Said = "said";
        var chat =
            model.ChatTemplate.Render([new ChatMessage("user", "asked"), new ChatMessage("assistant", Said)], addGenerationPrompt: false);
        var behind = model.Tokenizer.Encode(chat[(chat.LastIndexOf(Said, StringComparison.Ordinal) + Said.Length)..]);
        int[] ends = [.. behind.Intersect(model.Defaults.EosTokenIds)];
        return ends.Length > 0 ? ends : [.. model.Defaults.EosTokenIds];
    }
}
