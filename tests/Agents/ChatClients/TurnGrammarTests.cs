using LlmRabbitHoles.Agents.ChatClients;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Sampling.Constraints;
using Microsoft.Extensions.AI;

namespace LlmRabbitHoles.Agents.Tests;

/// <summary>What a grammar makes a model write is what the model's format reads as a call.</summary>
public sealed class TurnGrammarTests
{
    private static readonly FunctionSignature[] Tools =
    [
        new(AIFunctionFactory.Create((int count, string what) => "", "order", "orders something")),
        new(AIFunctionFactory.Create(() => "", "stop", "stops")),
    ];

    // Alice's vocabulary has none of these marks, so the grammar spells them and its texts can be tried without a model.
    public static TheoryData<ChatFormat, string> Formats => new()
    {
        { new MarkedChatFormat(null, new Marks("<call>", "</call>")), "<call>{\"name\": \"order\", \"arguments\": ARGS}</call>" },
        { new MarkedChatFormat(null, new Marks("<call>", "</call>")), "<call>\n{\"name\": \"order\", \"arguments\": ARGS}\n</call>" },
        { new MistralChatFormat(null), "[TOOL_CALLS][{\"name\": \"order\", \"arguments\": ARGS}]" },
        { new Llama3ChatFormat(null), "{\"name\": \"order\", \"parameters\": ARGS}" },
        { new GemmaChatFormat(null), "{\"name\": \"order\", \"parameters\": ARGS}" },
    };

    [Theory, MemberData(nameof(Formats), DisableDiscoveryEnumeration = true)]
    public void EveryFormatReadsTheCallThatItsGrammarDemands(ChatFormat format, string form)
    {
        var grammar = TurnGrammar.Of(format.JsonCall!, Tools, AliceModel.Shared.Tokenizer, several: false);
        var written = form.Replace("ARGS", "{\"count\": 2, \"what\": \"te\\\"a\"}", StringComparison.Ordinal);
        Assert.True(grammar.Fits(written), grammar.Text);
        var call = Assert.Single(format.Read(written).Calls)!;
        Assert.Equal(("order", "2", "te\"a"), (call.Name, call.Arguments["count"], call.Arguments["what"]));

        var nothing = form.Replace("ARGS", "{}", StringComparison.Ordinal);
        Assert.False(grammar.Fits(nothing));
        Assert.True(grammar.Fits(nothing.Replace("order", "stop", StringComparison.Ordinal)));
        Assert.False(grammar.Fits(written.Replace("order", "other", StringComparison.Ordinal)));
        Assert.False(grammar.Fits("7"));
    }

    [Fact]
    public void SeveralCallsAndAnAnswerInTheirPlaceAreAllowedWhereAskedFor()
    {
        const string Call = "<call>{\"name\": \"stop\", \"arguments\": {}}</call>";
        CallForm form = new("<call>", "arguments", "</call>");
        var tokenizer = AliceModel.Shared.Tokenizer;
        Assert.False(TurnGrammar.Of(form, Tools, tokenizer, several: false).Fits(Call + Call));
        var grammar = TurnGrammar.Of(form, Tools, tokenizer, several: true, Grammar.FromJsonSchema("""{"type": "integer"}"""));
        Assert.True(grammar.Fits(Call + "\n" + Call) && grammar.Fits("7"));
        Assert.False(grammar.Fits("7" + Call) || grammar.Fits(Call + "7"));
    }

    [Fact]
    public void AMarkThatIsATokenIsNotSpelled()
    {
        var alice = AliceModel.Shared;
        var grammar = TurnGrammar.Of(alice.ChatFormat.JsonCall!, Tools, alice.Tokenizer, several: false);
        Assert.False(grammar.Fits("<|tool_call|>{\"name\": \"stop\", \"arguments\": {}}<|/tool_call|>"));
        Assert.Contains("call ::= <[", grammar.Text, StringComparison.Ordinal);
    }
}
