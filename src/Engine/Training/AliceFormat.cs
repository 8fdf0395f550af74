using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>The tokens that give Alice's texts their structure, by id.</summary>
public static class AliceFormat
{
    /// <summary>In the order of their ids, from 0.</summary>
    public static IReadOnlyList<string> SpecialTokens { get; } =
    [
        "<|endoftext|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>", "<|end|>",
        "<|think|>", "<|/think|>", "<|tool_call|>", "<|/tool_call|>",
    ];

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
    public const string ChatTemplate =
        """
        {%- if tools -%}
            {{- '<|system|>' -}}
            {%- if messages and messages[0].role == 'system' -%}
                {{- messages[0].content + '\n' -}}
            {%- endif -%}
            {{- 'Tools:' -}}
            {%- for tool in tools -%}
                {{- '\n' + tool.function.name + '(' -}}
                {%- for name in tool.function.parameters.properties -%}
                    {{- ('' if loop.first else ', ') + name -}}
                {%- endfor -%}
                {{- '): ' + tool.function.description -}}
            {%- endfor -%}
            {{- '<|end|>' -}}
        {%- endif -%}
        {%- for message in messages -%}
            {%- if message.role not in ['system', 'user', 'assistant', 'tool'] -%}
                {{- raise_exception("the role '" ~ message.role ~ "' is unknown; use system, user, assistant or tool") -}}
            {%- endif -%}
            {%- if not (tools and loop.first and message.role == 'system') -%}
                {{- '<|' + message.role + '|>' -}}
                {%- if message.reasoning_content -%}
                    {{- '<|think|>' + message.reasoning_content + '<|/think|>' -}}
                {%- endif -%}
                {%- if message.content -%}
                    {{- message.content -}}
                {%- endif -%}
                {%- for call in message.tool_calls or [] -%}
                    {{- '<|tool_call|>{"name": ' + (call.function.name | tojson) + ', "arguments": ' + (call.function.arguments | tojson) + '}<|/tool_call|>' -}}
                {%- endfor -%}
                {{- '<|end|>' -}}
            {%- endif -%}
        {%- endfor -%}
        {%- if add_generation_prompt -%}
            {{- '<|assistant|>' -}}
            {%- if enable_thinking is defined and not enable_thinking -%}
                {{- '<|think|><|/think|>' -}}
            {%- endif -%}
        {%- endif -%}
        """;
}
