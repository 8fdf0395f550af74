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
/// <param name="holdsJson">Whether a turn that begins as a JSON object may be a call, and is held back.</param>
internal sealed class TurnStream(Tokenizer tokenizer, ChatFormat format, bool beginsInThought, bool holdsJson)
{
    private bool _thinks = beginsInThought;
    private bool _calls;
    private bool _saysText;
    private string _newlines = "";

    /// <summary>Tokens inside the marks of thoughts.</summary>
    public int ThoughtTokens { get; private set; }

    /// <summary>Whether a turn that begins as a JSON object was held back.</summary>
    public bool HoldsAnswer { get; private set; }

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
        if (!_saysText) text = text.TrimStart('\n');
        if (text.Length == 0) return null;
        if (!_saysText && holdsJson && text[0] == '{')
        {
            _calls = HoldsAnswer = true;
            return null;
        }
        _saysText = true;
        var shown = (_newlines + text).TrimEnd('\n');
        _newlines = (_newlines + text)[shown.Length..];
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
