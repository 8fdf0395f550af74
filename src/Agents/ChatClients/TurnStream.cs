using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;
using Microsoft.Extensions.AI;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Agents.ChatClients;

/// <summary>Sorts the tokens of a turn, as they come, into thought, answer and calls.</summary>
/// <param name="tokenizer">The model's.</param>
/// <param name="format">The model's marks.</param>
/// <param name="beginsInThought">Whether the template has opened a thought already.</param>
/// <param name="holdsCalls">Whether what may be a call without marks is held back.</param>
internal sealed class TurnStream(Tokenizer tokenizer, ChatFormat format, bool beginsInThought, bool holdsCalls)
{
    private bool _thinks = beginsInThought;
    private bool _calls;
    private string _answer = "";
    private int _shown;

    /// <summary>Tokens inside the marks of thoughts.</summary>
    public int ThoughtTokens { get; private set; }

    /// <summary>What was held back of the answer.</summary>
    public string Held => _answer[_shown..].TrimEnd('\n');

    /// <summary>What a token adds that can be shown; null for marks, calls, and line breaks around the answer.</summary>
    public AIContent? Add(GeneratedToken token)
    {
        var piece = tokenizer.Piece(token.Id);
        var text = token.Text ?? "";
        if (IsMark(piece))
        {
            // Text that was held back for a stop string may come with the mark.
            var before = Content(text.Replace(piece, "", StringComparison.Ordinal));
            Switch(piece);
            return before;
        }
        if (_thinks) ThoughtTokens++;
        return Content(text);
    }

    private AIContent? Content(string text)
    {
        if (_calls || text.Length == 0) return null;
        if (_thinks) return new TextReasoningContent(text);
        // The answer has no line breaks at its ends: those before it are dropped, those behind it wait for more text.
        _answer = _answer.Length == 0 ? text.TrimStart('\n') : _answer + text;
        var end = holdsCalls ? Math.Max(_shown, format.CallStart(_answer)) : _answer.Length;
        var shown = _answer[_shown..end].TrimEnd('\n');
        _shown += shown.Length;
        return shown.Length > 0 ? new TextContent(shown) : null;
    }

    private bool IsMark(string? piece) => piece is not null && (piece == format.Thought?.Open || piece == format.Thought?.Close
        || piece == format.ToolCall?.Open || piece == format.ToolCall?.Close);

    private void Switch(string mark)
    {
        if (mark == format.Thought?.Open) _thinks = true;
        else if (mark == format.Thought?.Close) _thinks = false;
        else _calls = mark == format.ToolCall?.Open;
    }
}
