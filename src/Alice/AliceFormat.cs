using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Checkpoints;

namespace LlmRabbitHoles.Alice;

/// <summary>The tokens that give Alice's texts their structure, by id.</summary>
public static class AliceFormat
{
    /// <summary>In the order of their ids, from 0.</summary>
    public static IReadOnlyList<string> SpecialTokens { get; } =
    [
        "<|endoftext|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>", "<|end|>",
        "<|think|>", "<|/think|>", "<|tool_call|>", "<|/tool_call|>",
    ];

    /// <summary>Around a thought.</summary>
    public static Marks Thought { get; } = new("<|think|>", "<|/think|>");

    /// <summary>Around a tool call.</summary>
    public static Marks ToolCall { get; } = new("<|tool_call|>", "<|/tool_call|>");

    /// <summary>Ends a plain text.</summary>
    public const int EndOfText = 0;

    /// <summary>Ends a turn.</summary>
    public const int EndOfTurn = 5;

    /// <summary>Begins a thought.</summary>
    public const int Think = 6;

    /// <summary>Ends a thought.</summary>
    public const int ThinkEnd = 7;

    /// <summary>The content of a system turn that offers tools, exactly as her template writes it.</summary>
    /// <param name="system">What stands before the tools; empty if nothing.</param>
    /// <param name="tools">At least one.</param>
    public static string SystemText(string system, IEnumerable<IToolSignature> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        var lines = tools.Select(t => $"\n{t.Name}({string.Join(", ", t.Parameters)}): {t.Description}");
        return $"{system}{(string.IsNullOrEmpty(system) ? "" : "\n")}Tools:{string.Concat(lines)}";
    }

    /// <summary>Her end tokens, and greedy decoding.</summary>
    public static GenerationDefaults Defaults { get; } = new() { EosTokenIds = [EndOfTurn, EndOfText], PadTokenId = EndOfText };

    /// <summary>Her chat template: a token for the role, the text, a token for the end. It knows tools,
    /// thoughts and tool calls; with <c>enable_thinking</c> false her thoughts are closed before they begin.</summary>
    /// <remarks>llama.cpp renders it too, whose Jinja joins no keys of an object: they are joined here.</remarks>
    public static string ChatTemplate { get; } = ReadTemplate();

    private static string ReadTemplate()
    {
        using var stream = typeof(AliceFormat).Assembly.GetManifestResourceStream("chat_template.jinja")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
