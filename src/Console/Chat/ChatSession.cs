using LlmRabbitHoles.CommandLine.Output;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine.Chat;

/// <summary>Reads messages line by line and answers each, with all turns before it in the context.</summary>
/// <param name="model">With a tokenizer and a chat template; lent, not owned.</param>
/// <param name="options">How the answers are drawn.</param>
/// <param name="system">What the model is told first.</param>
internal sealed class ChatSession(LanguageModel model, GenerationOptions options, string? system)
{
    private readonly List<ChatMessage> _turns = [];
    private string? _system = system;

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (Terminal.IsInteractive) Say($"{model.Name} is listening. /reset forgets, /system TEXT instructs, /exit ends, Ctrl-C stops.");
        while (await ReadAsync(cancellation) is { } line)
        {
            if (line.Trim() is not { Length: > 0 } message) continue;
            if (message is "/exit" or "/quit") break;
            if (message.StartsWith('/')) Obey(message);
            else await AnswerAsync(message, cancellation);
            if (cancellation.IsCancellationRequested) return ExitCode.Interrupted;
        }
        return ExitCode.Done;
    }

    /// <summary>The next line; null at the end of the input.</summary>
    private static async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        if (Terminal.IsInteractive) Terminal.Progress.Markup("[bold]> [/]");
        // A blocked read on a terminal does not end when cancelled, so it is left behind.
        return await Task.Run(System.Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellation);
    }

    private void Obey(string command)
    {
        var (name, argument) = command.Split(' ', 2) is [var first, var rest] ? (first, rest.Trim()) : (command, "");
        switch (name)
        {
            case "/reset":
                _turns.Clear();
                Say("The conversation begins anew.");
                break;
            case "/system":
                _system = argument.Length > 0 ? argument : null;
                _turns.Clear();
                Say(_system is null ? "No instructions; the conversation begins anew." : "Instructions taken; the conversation begins anew.");
                break;
            default:
                Say($"'{name}' is unknown. There are /reset, /system TEXT and /exit.");
                break;
        }
    }

    private async Task AnswerAsync(string message, CancellationToken cancellation)
    {
        _turns.Add(new ChatMessage("user", message));
        var prompt = model.EncodeChat(Conversation());
        if (prompt.Length >= model.Config.ContextLength)
        {
            _turns.RemoveAt(_turns.Count - 1);
            Say($"The context is full: with this message the conversation has {prompt.Length} tokens, and the model holds {model.Config.ContextLength}. " +
                "/reset begins a new one.");
            return;
        }
        var stream = new TextGenerator(model).StreamAsync(prompt, options, cancellation);
        await foreach (var token in stream)
        {
            Terminal.Out.Write(token.Text);
            Terminal.Out.Flush();
        }
        Terminal.Out.WriteLine();
        _turns.Add(new ChatMessage("assistant", stream.Result.Text!));
        if (Terminal.IsInteractive) Say(Summary.Of(stream.Result));
    }

    private List<ChatMessage> Conversation() => _system is null ? _turns : [new ChatMessage("system", _system), .. _turns];

    private static void Say(string text) => Terminal.Progress.MarkupLine($"[grey]{text.EscapeMarkup()}[/]");
}
