using System.CommandLine;
using System.CommandLine.Parsing;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--prompt</c>, <c>--chat</c> (with <c>--system</c>) or <c>--tokens</c>: exactly one says what the model reads.</summary>
internal sealed class PromptOptions
{
    private readonly Option<string?> _prompt = new("--prompt") { Description = "Text to continue.", HelpName = "TEXT" };

    private readonly Option<string?> _chat = new("--chat")
    {
        Description = "A message to answer, in the model's chat format.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _system = new("--system")
    {
        Description = "With --chat: what the model is told first.",
        HelpName = "TEXT",
    };

    private readonly Option<int[]?> _tokens = TokenIds.Option("Token ids to continue; works without a tokenizer.");

    public void AddTo(Command command)
    {
        command.Add(_prompt);
        command.Add(_chat);
        command.Add(_system);
        command.Add(_tokens);
        command.Validators.Add(OneOfThem);
    }

    /// <summary>Exactly the ids that the model will read.</summary>
    public IReadOnlyList<int> Encode(ParseResult parsed, LanguageModel model)
    {
        if (parsed.GetResult(_tokens) is not null) return parsed.GetRequiredValue(_tokens)!;
        if (parsed.GetValue(_chat) is { } message) return model.EncodeChat(Conversation(parsed.GetValue(_system), message));
        return TokenizerOf(model).Encode(parsed.GetValue(_prompt)!, addSpecialTokens: true);
    }

    private static List<ChatMessage> Conversation(string? system, string message)
    {
        var messages = new List<ChatMessage>();
        if (system is not null) messages.Add(new ChatMessage("system", system));
        messages.Add(new ChatMessage("user", message));
        return messages;
    }

    private static Tokenizer TokenizerOf(LanguageModel model) => model.HasTokenizer
        ? model.Tokenizer
        : throw new WorkFailedException(
            $"The model in '{model.Folder}' has no tokenizer.json, so it cannot read text. Give ids with --tokens 1,2,3, or add the file.");

    private void OneOfThem(CommandResult command)
    {
        var given = new Option[] { _prompt, _chat, _tokens }.Where(option => command.GetResult(option) is not null).ToList();
        if (given.Count == 0) command.AddError("Say what the model reads with --prompt TEXT, --chat TEXT or --tokens 1,2,3.");
        if (given.Count > 1) command.AddError($"{given[0].Name} and {given[1].Name} exclude each other.");
        if (command.GetResult(_system) is not null && command.GetResult(_chat) is null) command.AddError("--system needs --chat.");
    }
}
