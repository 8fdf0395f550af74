using System.ComponentModel;
using System.Text.Json;
using LlmRabbitHoles.Agents.ChatClients;
using LlmRabbitHoles.Generation;
using Microsoft.Extensions.AI;

namespace LlmRabbitHoles.Agents.Tests;

public sealed class EngineChatClientTests : IDisposable
{
    private readonly LanguageModel _alice = AliceModel.Shared;
    private readonly EngineChatClient _client = new(AliceModel.Shared);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task TheAnswerIsTheEngines()
    {
        var expected = _alice.Chat("What is the capital of Italy?");
        var response = await _client.GetResponseAsync("What is the capital of Italy?", cancellationToken: Cancellation);
        Assert.Equal(expected.Text, response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("alice", response.ModelId);
        Assert.Equal(expected.PromptTokens.Count, response.Usage!.InputTokenCount);
        Assert.Equal(expected.Tokens.Count, response.Usage.OutputTokenCount);
        Assert.Equal(0, response.Usage.CachedInputTokenCount);
    }

    [Fact]
    public async Task TheStreamsPartsMakeTheSameAnswer()
    {
        var whole = await _client.GetResponseAsync("What is the capital of Italy?", cancellationToken: Cancellation);
        var parts = await All(_client.GetStreamingResponseAsync("What is the capital of Italy?", cancellationToken: Cancellation));
        Assert.True(parts.Count > 3, $"{parts.Count} parts");
        Assert.Equal(whole.Text, string.Concat(parts.Select(part => part.Text)));
        Assert.Equal(ChatFinishReason.Stop, parts[^1].FinishReason);
        Assert.Single(parts.Select(part => part.MessageId).Distinct());
    }

    [Fact]
    public async Task ASecondTurnReadsOnlyWhatIsNew()
    {
        List<ChatMessage> messages = [new(ChatRole.User, "My cat is named Tom.")];
        var first = await _client.GetResponseAsync(messages, cancellationToken: Cancellation);
        messages.AddMessages(first);
        messages.Add(new ChatMessage(ChatRole.User, "What is my cat's name?"));
        var second = await _client.GetResponseAsync(messages, cancellationToken: Cancellation);
        Assert.Contains("Tom", second.Text, StringComparison.Ordinal);
        Assert.Equal(first.Usage!.TotalTokenCount, second.Usage!.CachedInputTokenCount);
    }

    [Fact]
    public async Task ThoughtsComeAsReasoningAndNotAsText()
    {
        var parts = await All(_client.GetStreamingResponseAsync("What is 347 + 285?", cancellationToken: Cancellation));
        var response = parts.ToChatResponse();
        var thought = Assert.Single(response.Messages[0].Contents.OfType<TextReasoningContent>()).Text;
        Assert.NotEmpty(thought);
        Assert.Equal("347 + 285 = 632.", response.Text);
        Assert.Equal(_alice.Tokenizer.EncodeToIds(thought).Count, response.Usage!.ReasoningTokenCount);
    }

    [Fact]
    public async Task ReasoningEffortAndOutputAreObeyed()
    {
        var closed = await _client.GetResponseAsync(
            "What is 347 + 285?", new() { Reasoning = new() { Effort = ReasoningEffort.None } }, Cancellation);
        Assert.Equal(0, closed.Usage!.ReasoningTokenCount);
        var hidden = await _client.GetResponseAsync(
            "What is 347 + 285?", new() { Reasoning = new() { Output = ReasoningOutput.None } }, Cancellation);
        Assert.Empty(hidden.Messages[0].Contents.OfType<TextReasoningContent>());
        Assert.True(hidden.Usage!.ReasoningTokenCount > 0);
        Assert.Equal("347 + 285 = 632.", hidden.Text);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task TheFunctionInvokingClientRunsAlicesCalls(bool streams)
    {
        using var client = new FunctionInvokingChatClient(_client);
        List<string> invoked = [];
        var lookup = AIFunctionFactory.Create(
            (string subject, string property) =>
            {
                invoked.Add($"{property} of {subject}");
                return "41";
            }, "lookup", "looks up a fact");
        var options = new ChatOptions { Tools = [lookup] };
        const string Question = "How much does the teapot cost?";

        var response = streams
            ? (await All(client.GetStreamingResponseAsync(Question, options, Cancellation))).ToChatResponse()
            : await client.GetResponseAsync(Question, options, Cancellation);

        Assert.Equal(["price of teapot"], invoked);
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(message => message.Role));
        Assert.Contains("41", response.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        // The second request begins with the first: its answer, too, is known.
        Assert.True(response.Usage!.CachedInputTokenCount > 0);
    }

    [Fact]
    public async Task TwoCallsOfOneTurnAreBothRun()
    {
        using var client = new FunctionInvokingChatClient(_client) { AllowConcurrentInvocation = true };
        var options = new ChatOptions
        {
            Tools =
            [
                AIFunctionFactory.Create(
                    (string expression) => expression == "12 * 7" ? "84" : "?", "calculator", "works out a calculation"),
                AIFunctionFactory.Create((string show) => show == "time" ? "09:05" : "?", "clock", "tells the time, the date or the day"),
            ],
        };
        var response = await client.GetResponseAsync("What is 12 * 7? Also, what time is it?", options, Cancellation);
        var calls = response.Messages[0].Contents.OfType<FunctionCallContent>().ToArray();
        Assert.Equal(["calculator", "clock"], calls.Select(call => call.Name).Order());
        Assert.Equal(["call00000", "call00001"], calls.Select(call => call.CallId));
        Assert.Contains("84", response.Text, StringComparison.Ordinal);
        Assert.Contains("09:05", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheInvokingClientTheCallIsTheAnswer()
    {
        var tool = AIFunctionFactory.CreateDeclaration("clock", "tells the time, the date or the day", Schema("show"));
        var response = await _client.GetResponseAsync("What time is it?", new() { Tools = [tool] }, Cancellation);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        var call = Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal("clock", call.Name);
        Assert.Equal("time", ((JsonElement)call.Arguments!["show"]!).GetString());
        Assert.Empty(response.Text);
    }

    [Fact]
    public async Task AToolModeOfNoneOffersNoTools()
    {
        var tool = AIFunctionFactory.CreateDeclaration("clock", "tells the time, the date or the day", Schema("show"));
        ChatOptions options = new() { Tools = [tool], ToolMode = ChatToolMode.None };
        var response = await _client.GetResponseAsync("What time is it?", options, Cancellation);
        Assert.Equal(_alice.Chat("What time is it?").Text, response.Text);
    }

    [Fact]
    public async Task AJsonSchemaBindsTheAnswer()
    {
        ChatOptions options = new() { ResponseFormat = ChatResponseFormat.ForJsonSchema<City>(), MaxOutputTokens = 60 };
        var response = await _client.GetResponseAsync("What is the capital of Italy?", options, Cancellation);
        Assert.NotNull(JsonSerializer.Deserialize<City>(response.Text, AIJsonUtilities.DefaultOptions)!.Name);
    }

    // Alice greets without a tool when none is demanded.
    [Theory, InlineData(false), InlineData(true)]
    public async Task ADemandedCallIsMadeOnceAndThenAnswered(bool streams)
    {
        using var client = new FunctionInvokingChatClient(_client);
        List<string> shown = [];
        ChatOptions options = new()
        {
            Tools =
            [
                AIFunctionFactory.Create((string show) => { shown.Add(show); return "09:05"; }, "clock", "tells the time"),
                AIFunctionFactory.Create((string subject) => "41", "lookup", "looks up a fact"),
            ],
        };
        Assert.DoesNotContain(Calls(await client.GetResponseAsync("Hello!", options, Cancellation)), _ => true);
        options.ToolMode = ChatToolMode.RequireSpecific("clock");
        options.AllowMultipleToolCalls = false;
        var response = streams
            ? (await All(client.GetStreamingResponseAsync("Hello!", options, Cancellation))).ToChatResponse()
            : await client.GetResponseAsync("Hello!", options, Cancellation);
        Assert.Equal("clock", Assert.Single(Calls(response)).Name);
        Assert.Single(shown);
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(message => message.Role));
        Assert.Empty(response.Messages[0].Text);
        Assert.NotEmpty(response.Messages[^1].Text);
    }

    [Fact]
    public async Task ADemandedCallFitsItsSchema()
    {
        var tool = AIFunctionFactory.Create((int count, Kind kind, string? note = null) => "", "order", "orders something");
        ChatOptions options = new() { Tools = [tool], ToolMode = ChatToolMode.RequireAny, MaxOutputTokens = 120 };
        var response = await _client.GetResponseAsync("Tell me a story.", options, Cancellation);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.All(Calls(response), call =>
        {
            Assert.Equal("order", call.Name);
            Assert.Null(call.Exception);
            Assert.Equal(JsonValueKind.Number, ((JsonElement)call.Arguments!["count"]!).ValueKind);
            Assert.Contains(((JsonElement)call.Arguments["kind"]!).GetString(), Enum.GetNames<Kind>());
        });
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task AJsonSchemaBindsTheAnswerAfterTheCalls(bool streams)
    {
        using var client = new FunctionInvokingChatClient(_client);
        List<string> invoked = [];
        var lookup = AIFunctionFactory.Create(
            (string subject, string property) =>
            {
                invoked.Add($"{property} of {subject}");
                return "41";
            }, "lookup", "looks up a fact");
        ChatOptions options = new()
        {
            Tools = [lookup], AllowMultipleToolCalls = false, MaxOutputTokens = 80,
            ResponseFormat = ChatResponseFormat.ForJsonSchema<City>(),
        };
        const string Question = "How much does the teapot cost?";
        var response = streams
            ? (await All(client.GetStreamingResponseAsync(Question, options, Cancellation))).ToChatResponse()
            : await client.GetResponseAsync(Question, options, Cancellation);
        Assert.Equal(["price of teapot"], invoked);
        Assert.NotNull(JsonSerializer.Deserialize<City>(response.Messages[^1].Text, AIJsonUtilities.DefaultOptions)!.Name);
    }

    [Fact]
    public async Task OptionsReachTheSampler()
    {
        ChatOptions options = new()
        {
            Temperature = 0.7f, TopP = 0.9f, TopK = 40, Seed = 7, MaxOutputTokens = 12, FrequencyPenalty = 0.5f, PresencePenalty = 0.25f,
        };
        var expected = _alice.Chat("Tell me a story.", new GenerationOptions
        {
            MaxTokens = 12,
            Sampling = new() { Temperature = 0.7, TopP = 0.9, TopK = 40, Seed = 7, FrequencyPenalty = 0.5, PresencePenalty = 0.25 },
        });
        var response = await _client.GetResponseAsync("Tell me a story.", options, Cancellation);
        Assert.Equal(expected.Text!.Trim('\n'), response.Text);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);

        var raw = await _client.GetResponseAsync(
            "Tell me a story.", new() { RawRepresentationFactory = _ => new GenerationOptions { MaxTokens = 3 } }, Cancellation);
        Assert.Equal(3, raw.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task InstructionsComeFirstAndStopSequencesEndTheAnswer()
    {
        var expected = _alice.Chat([new("system", "Answer in capital letters."), new("user", "What is the capital of Italy?")]);
        ChatOptions options = new() { Instructions = "Answer in capital letters.", StopSequences = ["ITALY"] };
        var response = await _client.GetResponseAsync("What is the capital of Italy?", options, Cancellation);
        Assert.Contains("ITALY", expected.Text, StringComparison.Ordinal);
        Assert.Equal(expected.Text![..expected.Text!.IndexOf("ITALY", StringComparison.Ordinal)], response.Text);
    }

    [Fact]
    public async Task CancellingEndsTheAnswerAndTheClientGoesOn()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _client.GetStreamingResponseAsync("Tell me a story.", cancellationToken: cancel.Token))
                await cancel.CancelAsync();
        });
        var response = await _client.GetResponseAsync("What is the capital of Italy?", cancellationToken: Cancellation);
        Assert.Equal(_alice.Chat("What is the capital of Italy?").Text, response.Text);
    }

    [Fact]
    public async Task RequestsAtTheSameTimeWaitForEachOther()
    {
        string[] questions = ["What is the capital of Italy?", "What is the capital of France?", "Hello!"];
        var answers = await Task.WhenAll(questions.Select(q => _client.GetResponseAsync(q, cancellationToken: Cancellation)));
        Assert.Equal(questions.Select(q => _alice.Chat(q).Text), answers.Select(answer => answer.Text));
    }

    public static TheoryData<string, ChatOptions> Refused => new()
    {
        { "the model 'gpt'", new() { ModelId = "gpt" } },
        { "'thread-1'", new() { ConversationId = "thread-1" } },
        { "demands a tool call and offers no tools", new() { ToolMode = ChatToolMode.RequireAny } },
        { "runs at a provider", new() { Tools = [new HostedWebSearchTool()] } },
        { "background", new() { AllowBackgroundResponses = true } },
        {
            "demands a call of 'two', and offers 'one'",
            new() { Tools = [AIFunctionFactory.Create(() => 1, "one")], ToolMode = ChatToolMode.RequireSpecific("two") }
        },
    };

    [Theory, MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task WhatTheEngineDoesNotDoIsRefused(string message, ChatOptions options)
    {
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => _client.GetResponseAsync("Hi", options, Cancellation));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PicturesAreRefused()
    {
        ChatMessage picture = new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);
        var error = await Assert.ThrowsAsync<NotSupportedException>(
            () => _client.GetResponseAsync([picture], cancellationToken: Cancellation));
        Assert.Contains("DataContent, and the model reads text only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ItsServicesAreFound()
    {
        Assert.Equal("alice", ((ChatClientMetadata)_client.GetService(typeof(ChatClientMetadata))!).DefaultModelId);
        Assert.Same(_alice, _client.GetService(typeof(LanguageModel)));
        Assert.Same(_client, _client.GetService(typeof(IChatClient)));
        Assert.Null(_client.GetService(typeof(string)));
        Assert.Null(_client.GetService(typeof(IChatClient), "key"));
    }

    private static FunctionCallContent[] Calls(ChatResponse response) =>
        [.. response.Messages.SelectMany(message => message.Contents.OfType<FunctionCallContent>())];

    private static JsonElement Schema(string name) => JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = new Dictionary<string, object> { [name] = new { type = "string" } },
        required = new[] { name },
    });

    private static async Task<List<ChatResponseUpdate>> All(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        List<ChatResponseUpdate> all = [];
        await foreach (var update in updates) all.Add(update);
        return all;
    }

    private enum Kind
    {
        Small,
        Large,
    }

    [Description("A city")]
    private sealed record City(string Name);
}
