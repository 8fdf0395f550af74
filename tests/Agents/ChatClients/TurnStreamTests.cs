using LlmRabbitHoles.Agents.ChatClients;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;
using Microsoft.Extensions.AI;

namespace LlmRabbitHoles.Agents.Tests;

public class TurnStreamTests
{
    private static readonly ChatFormat Alices = AliceModel.Shared.ChatFormat;

    // R: reasoning, T: text.
    [Theory]
    [InlineData("Hi there.", "T:Hi there.")]
    [InlineData("<|think|>Hm.<|/think|>Hi.", "R:Hm. T:Hi.")]
    [InlineData("<|think|>Hm.\n<|/think|>\n\nHi.\n\nYou.\n", "R:Hm.\n T:Hi.\n\nYou.")]    // as Qwen writes
    [InlineData("<|tool_call|>{\"name\": \"clock\"}<|/tool_call|>", "")]
    [InlineData("Wait.<|tool_call|>{\"name\": \"clock\"}<|/tool_call|>", "T:Wait.")]
    [InlineData("{\"a\": 1}", "T:{\"a\": 1}")]
    public void MarksAndCallsAreNotShown(string turn, string shown) =>
        Assert.Equal(shown, Shown(new TurnStream(AliceModel.Shared.Tokenizer, Alices, false, holdsCalls: false), turn));

    [Fact]
    public void AThoughtThatTheTemplateBeganIsAThought()
    {
        var stream = new TurnStream(AliceModel.Shared.Tokenizer, Alices, beginsInThought: true, holdsCalls: false);
        Assert.Equal("R:Hm. T:Hi.", Shown(stream, "Hm.<|/think|>Hi."));
        Assert.Equal(AliceModel.Shared.Tokenizer.Encode("Hm.").Length, stream.ThoughtTokens);
    }

    [Fact]
    public void ATurnThatMayBeALlamaCallIsHeldBack()
    {
        var format = new Llama3ChatFormat(thought: null);
        var held = new TurnStream(AliceModel.Shared.Tokenizer, format, false, holdsCalls: true);
        Assert.Equal("", Shown(held, "{\"name\": \"clock\", \"parameters\": {}}"));
        Assert.Equal("{\"name\": \"clock\", \"parameters\": {}}", held.Held);
        var told = new TurnStream(AliceModel.Shared.Tokenizer, format, false, holdsCalls: true);
        Assert.Equal("T:Say {x}.", Shown(told, "Say {x}."));
        Assert.Empty(told.Held);
    }

    // However the text is cut into tokens: what is shown and what is held back make the whole, and no part of a call is shown.
    [Theory]
    [InlineData("Paris is\n\nnice.\n", "Paris is\n\nnice.", "")]
    [InlineData("I look.\n```tool_code\nprint(clock(show='time'))\n```", "I look.", "\n```tool_code\nprint(clock(show='time'))\n```")]
    [InlineData("[clock(show='time')]", "", "[clock(show='time')]")]
    [InlineData("Use `x` and ``y``.", "Use `x` and ``y``.", "")]
    [InlineData("```python\nx = [1]\n```\nDone", "```python\nx = [1]\n```\nDone", "")]
    [InlineData("A `", "A ", "`")]
    public void GemmasCallsAreHeldBackHoweverTheTextIsCut(string turn, string shown, string held)
    {
        for (var size = 1; size <= turn.Length; size++)
        {
            var stream = new TurnStream(AliceModel.Shared.Tokenizer, new GemmaChatFormat(thought: null), false, holdsCalls: true);
            var contents = turn.Chunk(size).Select(part => stream.Add(new GeneratedToken(0, new string(part), TimeSpan.Zero)));
            Assert.Equal(shown, string.Concat(contents.OfType<TextContent>().Select(content => content.Text)));
            Assert.Equal(held, stream.Held);
        }
    }

    private static Marks Call => new("<tool_call>", "</tool_call>");

    public static TheoryData<ChatFormat, string, string, string> Cut => new()
    {
        { new Llama3ChatFormat(null), "[f(a=1)]", "", "[f(a=1)]" },
        { new Llama3ChatFormat(null), "\n{\"a\": 1}", "", "{\"a\": 1}" },
        { new Llama3ChatFormat(null), "A <|python_tag|>f(a=1)", "A ", "<|python_tag|>f(a=1)" },
        { new Llama3ChatFormat(null), "A <|pyth on", "A <|pyth on", "" },
        { new MarkedChatFormat(null, Call), "A <b> <tool_call>{}</tool_call>", "A <b> ", "<tool_call>{}</tool_call>" },
        { new MarkedChatFormat(null, Call, new("<code>", "</code>")), "A <code>f()</code>", "A ", "<code>f()</code>" },
        { new MistralChatFormat(null), "A [1] [TOOL_CALLS]f[ARGS]{}", "A [1] ", "[TOOL_CALLS]f[ARGS]{}" },
    };

    // Marks that the model spells instead of writing their token.
    [Theory, MemberData(nameof(Cut), DisableDiscoveryEnumeration = true)]
    public void SpelledMarksAreHeldBackHoweverTheTextIsCut(ChatFormat format, string turn, string shown, string held)
    {
        for (var size = 1; size <= turn.Length; size++)
        {
            var stream = new TurnStream(AliceModel.Shared.Tokenizer, format, false, holdsCalls: true);
            var contents = turn.Chunk(size).Select(part => stream.Add(new GeneratedToken(0, new string(part), TimeSpan.Zero)));
            Assert.Equal(shown, string.Concat(contents.OfType<TextContent>().Select(content => content.Text)));
            Assert.Equal(held, stream.Held);
        }
    }

    private static string Shown(TurnStream stream, string turn)
    {
        var tokenizer = AliceModel.Shared.Tokenizer;
        var decoder = tokenizer.CreateDecoder();
        var contents = tokenizer.Encode(turn).Select(id => stream.Add(new GeneratedToken(id, decoder.Add(id), TimeSpan.Zero)))
            .OfType<AIContent>().ToArray();
        var (thought, text) = (Texts<TextReasoningContent>(content => content.Text), Texts<TextContent>(content => content.Text));
        return string.Join(' ', new[] { thought.Length > 0 ? $"R:{thought}" : "", text.Length > 0 ? $"T:{text}" : "" }
            .Where(part => part.Length > 0));

        string Texts<T>(Func<T, string> read) => string.Concat(contents.OfType<T>().Select(read));
    }
}
