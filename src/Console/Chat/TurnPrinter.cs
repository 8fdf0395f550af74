using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Prints a turn as it is spoken: the answer on stdout; thoughts and tool calls, in grey, on stderr.</summary>
/// <param name="tokenizer">The model's.</param>
/// <param name="format">The model's.</param>
internal sealed class TurnPrinter(Tokenizer tokenizer, ChatFormat format)
    : IProgress<GeneratedToken>, IProgress<(ToolCall Call, string Result)>
{
    private bool _thinks;
    private bool _calls;

    public void Report(GeneratedToken value)
    {
        var piece = tokenizer.Piece(value.Id);
        if (piece == format.Thought?.Open) Begin(ref _thinks, "thinks: ");
        else if (piece == format.Thought?.Close) End(ref _thinks);
        else if (piece == format.ToolCall?.Open) _calls = true;
        else if (piece == format.ToolCall?.Close) _calls = false;
        else if (_thinks) Whisper(value.Text ?? "");
        else if (!_calls) Speak(value.Text);
    }

    public void Report((ToolCall Call, string Result) value) =>
        Whisper($"calls: {value.Call.Name}({string.Join(", ", value.Call.Arguments.Values)}) = {value.Result}{Environment.NewLine}");

    private static void Begin(ref bool state, string text)
    {
        state = true;
        Whisper(text);
    }

    private static void End(ref bool state)
    {
        state = false;
        Whisper(Environment.NewLine);
    }

    private static void Speak(string? text)
    {
        Terminal.Out.Write(text);
        Terminal.Out.Flush();
    }

    private static void Whisper(string text) => Terminal.Progress.Markup($"[grey]{text.EscapeMarkup()}[/]");
}
