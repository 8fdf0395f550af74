using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;
using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Language;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>The session's answers about unfinished code, as the contents of Jupyter's replies.</summary>
internal sealed class LanguageReplies(CSharpSession session)
{
    /// <summary>The content of a complete_reply.</summary>
    public async Task<JsonObject> CompleteAsync(JupyterRequest request)
    {
        var code = request.Text("code");
        var list = await session.CompleteAsync(code, Cursor(request, code));
        var (start, end) = (CodePoints.FromIndex(code, list.Start), CodePoints.FromIndex(code, list.End));
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. list.Items.Select(item => (JsonNode)item.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            // What JupyterLab and the classic page read to draw an icon beside each proposal.
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. list.Items.Select(JsonNode (item) => new JsonObject
                {
                    ["start"] = start, ["end"] = end, ["text"] = item.Text, ["type"] = item.Kind, ["signature"] = item.Detail,
                })]),
            },
        };
    }

    /// <summary>The content of an inspect_reply.</summary>
    public async Task<JsonObject> InspectAsync(JupyterRequest request)
    {
        var code = request.Text("code");
        var found = await session.InspectAsync(code, Cursor(request, code));
        var data = found is null ? [] : new JsonObject { ["text/plain"] = found.PlainText, ["text/markdown"] = found.Markdown };
        return new() { ["status"] = "ok", ["found"] = found is not null, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    /// <summary>The content of an is_complete_reply.</summary>
    public JsonObject IsComplete(JupyterRequest request)
    {
        var code = request.Text("code");
        var answer = CellSource.HasOtherLanguage(code) ? new Completeness(CompletenessStatus.Complete, "") : session.IsComplete(code);
        var content = new JsonObject { ["status"] = answer.Status.ToString().ToLowerInvariant() };
        if (answer.Status == CompletenessStatus.Incomplete)
            content["indent"] = answer.Indent;
        return content;
    }

    private static int Cursor(JupyterRequest request, string code) =>
        request.Number("cursor_pos") is { } codePoints ? CodePoints.ToIndex(code, codePoints) : code.Length;
}
