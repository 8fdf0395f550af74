using System.Text;
using System.Text.Json;
using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Reads messages line by line and answers each, with all turns before it in the context.</summary>
/// <param name="model">Has a tokenizer and a chat template; stays the caller's.</param>
/// <param name="options">How the answers are drawn.</param>
/// <param name="system">What the model is told first.</param>
/// <param name="toolbox">What it can call.</param>
/// <param name="withTools">Whether it is offered from the beginning.</param>
internal sealed class ChatSession(LanguageModel model, GenerationOptions options, string? system, Toolbox toolbox, bool withTools)
    : IDisposable
{
    /// <summary>From this share of the context on, the reader is told that it ends.</summary>
    private const double NearlyFull = 0.8;

    private static readonly (string Command, string What)[] Commands =
    [
        ("/help", "lists these commands and things to ask"),
        ("/tools", "offers a calculator, a clock and a look-up, or takes them away"),
        ("/think", "opens or closes the model's thoughts"),
        ("/system TEXT", "instructs the model, and begins a new conversation"),
        ("/reset", "begins a new conversation"),
        ("/save FILE", "writes the conversation as JSON"),
        ("/exit", "ends; so does Ctrl-D, and Ctrl-C stops an answer"),
    ];

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Conversation _conversation = new(model, options.Cache);
    private readonly List<ChatMessage> _turns = [];
    private string? _system = system;
    private bool _withTools = withTools && toolbox.Tools.Count > 0;
    private bool _mayThink = true;

    /// <summary>Tokens of each turn's thoughts; null: any number.</summary>
    public int? ThinkingBudget { get; init; }

    /// <summary>Whether each answer's figures are printed where nobody sits at a terminal, too.</summary>
    public bool WithFigures { get; init; }

    public void Dispose() => _conversation.Dispose();

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (Terminal.IsInteractive) Greet();
        while (await ReadAsync(cancellation) is { } line)
        {
            if (line.Trim() is not { Length: > 0 } message) continue;
            if (message is "/exit" or "/quit") break;
            if (message.StartsWith('/')) Obey(message);
            else Answer(message, cancellation);
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
                Say(
                    _system is null
                        ? "No instructions; the conversation begins anew."
                        : "Instructions taken; the conversation begins anew.");
                break;
            case "/think":
                _mayThink = !_mayThink;
                Say(_mayThink ? "Thoughts are open again." : "Thoughts are closed: answers come at once.");
                break;
            case "/tools":
                _withTools = !_withTools && toolbox.Tools.Count > 0;
                Say(_withTools ? $"Tools: {Names()}." : "No tools.");
                break;
            case "/save":
                Save(argument);
                break;
            case "/help":
                Help();
                break;
            default:
                Say($"'{name}' is unknown. /help lists the commands.");
                break;
        }
    }

    // On this thread: the pool's other threads would each begin with a cold team of helpers.
    private void Answer(string message, CancellationToken cancellation)
    {
        _turns.Add(new ChatMessage("user", message));
        var length = model.EncodeChat(Conversation(), Offered.Tools, _mayThink).Length;
        if (length >= model.Config.ContextLength)
        {
            _turns.RemoveAt(_turns.Count - 1);
            Say($"The context is full: with this message the conversation has {length} tokens, " +
                $"and the model holds {model.Config.ContextLength}. /reset begins a new one.");
            return;
        }
        var printer = new TurnPrinter(model.Tokenizer, model.ChatFormat);
        var loop = new AgentLoop(model, Offered)
        {
            Options = options,
            MayThink = _mayThink,
            ThinkingBudget = ThinkingBudget,
            Conversation = _conversation,
            Tokens = printer,
            Results = printer,
        };
        var transcript = loop.Run(Conversation(), cancellation);
        Terminal.Out.WriteLine();
        _turns.AddRange(transcript.Turns);
        if (Terminal.IsInteractive || WithFigures) Say(Summary.Of(transcript.Last!));
        WarnWhenNearlyFull(transcript.Last!);
    }

    private void WarnWhenNearlyFull(GenerationResult last)
    {
        var (used, context) = (last.PromptTokens.Count + last.Tokens.Count, model.Config.ContextLength);
        if (used >= NearlyFull * context)
            Say($"The conversation has {used} tokens, and the model holds {context}. /reset begins a new one.");
    }

    /// <summary>Writes the turns as a list of messages, each with its role and its content.</summary>
    private void Save(string file)
    {
        if (file.Length == 0)
        {
            Say("/save needs the name of a file: /save chat.json");
            return;
        }
        var messages = Conversation().Select(message => new { role = message.Role, content = message.Content });
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew);
            stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(messages, Indented) + "\n"));
            Say($"{_turns.Count} messages are in '{file}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Say($"'{file}' cannot be written: {e.Message.TrimEnd('.')}. Name another file.");
        }
    }

    private void Greet()
    {
        Say($"{model.Name} is listening. /help lists the commands, /exit ends.");
        if (AliceIntroduction.IsOf(model.Tokenizer)) Introduce();
        if (_withTools) Say($"Tools: {Names()}.");
    }

    private void Help()
    {
        foreach (var (command, what) in Commands) Say($"{command,-13} {what}");
        if (AliceIntroduction.IsOf(model.Tokenizer)) Introduce();
    }

    private static void Introduce()
    {
        Say($"{AliceIntroduction.Text} Ask her:");
        foreach (var question in AliceIntroduction.Questions) Say($"  {question}");
    }

    private Toolbox Offered => _withTools ? toolbox : Toolbox.Empty;

    private string Names() => string.Join(", ", toolbox.Tools.Select(tool => $"{tool.Name}({string.Join(", ", tool.Parameters)})"));

    private List<ChatMessage> Conversation() => _system is null ? _turns : [new ChatMessage("system", _system), .. _turns];

    private static void Say(string text) => Terminal.Progress.MarkupLine($"[grey]{text.EscapeMarkup()}[/]");
}
