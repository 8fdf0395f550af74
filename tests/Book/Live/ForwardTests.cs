using System.Text.Json;

namespace LlmRabbitHoles.Book.Tests.Live;

/// <summary>A forward laid open for displays, and how a generation can be watched and stopped.</summary>
[Collection(SharedBooks.Name)]
public sealed class ForwardTests(OpenBook book)
{
    [Fact]
    public async Task AttentionLooksBackAndSumsToOne()
    {
        var worst = await EvaluateAsync<double>("""
            async () => {
              const tokens = (await alice.tokenize('The capital of France is')).map(t => t.id), time = tokens.length;
              const { layers, heads } = await alice.load();
              const { attention } = await alice.forward(tokens, { attention: true });
              if (attention.length !== layers || attention.some(a => a.length !== heads * time * time)) return Infinity;
              let worst = 0;
              for (const scores of attention)
                for (let row = 0; row < heads * time; row++) {
                  const line = Array.from(scores.subarray(row * time, (row + 1) * time));
                  worst = Math.max(worst, Math.abs(1 - line.reduce((a, b) => a + b)), ...line.slice(row % time + 1));
                }
              return worst;
            }
            """);
        // A few float32 roundings of numbers below 1.
        Assert.InRange(worst, 0, 1e-6);
    }

    [Fact]
    public async Task TheLastDepthOfTheLensIsThePrediction()
    {
        var found = await EvaluateAsync<string>("""
            async () => {
              const tokens = (await alice.tokenize('The capital of France is')).map(t => t.id);
              const { layers, hidden, vocab } = await alice.load();
              const forward = await alice.forward(tokens, { hidden: true, lens: 3 });
              const greedy = await alice.generate({ tokens, maxTokens: 1 });
              return JSON.stringify({
                depths: forward.lens.length - layers, states: forward.hidden.length - layers,
                sizes: forward.hidden.every(state => state.length === tokens.length * hidden),
                logits: forward.logits.length / vocab - tokens.length,
                same: forward.lens.at(-1).at(-1)[0].id === greedy.tokens[0],
                last: JSON.stringify(await alice.logits(tokens)) === JSON.stringify(Array.from(forward.logits.slice(-vocab))),
              });
            }
            """);
        Assert.Equal("""{"depths":1,"states":1,"sizes":true,"logits":0,"same":true,"last":true}""", found);
    }

    [Fact]
    public async Task ASilencedHeadChangesOnlyWhatComesAfterIt()
    {
        var found = await EvaluateAsync<JsonElement>("""
            async () => {
              const tokens = (await alice.tokenize('The capital of France is')).map(t => t.id);
              const whole = await alice.forward(tokens, { hidden: true });
              const without = await alice.forward(tokens, { hidden: true, silencedHeads: [[2, 1]] });
              return whole.hidden.map((state, depth) => state.every((x, i) => x === without.hidden[depth][i]));
            }
            """);
        Assert.StartsWith("[true,true,true,false,", found.GetRawText());
    }

    [Fact]
    public async Task AHeadThatIsNotThereIsRefused()
    {
        var found = await EvaluateAsync<string>(
            "() => alice.forward([1], { silencedHeads: [[99, 0]] }).then(() => 'no error', error => error.message)");
        Assert.Matches(@"^There is no head \[99, 0\]: the model has \d+ layers of \d+ heads, counted from 0\.$", found);
    }

    [Theory]
    [InlineData("{ tokens: [] }", "The prompt is empty: the model needs at least one token to continue from.")]
    [InlineData("{ tokens: [-1] }", "Token -1 is not in the vocabulary, which goes from 0 to 5119.")]
    [InlineData("{ prompt: 'a', topP: 2 }", "topP is 2; it must be above 0 and at most 1.")]
    [InlineData("{ prompt: 'a', maxTokens: 0 }", "maxTokens is 0; it must be a whole number from 1 on.")]
    public async Task WhatCannotBeReadIsRefusedWithASentence(string request, string message) => Assert.Equal(
        message, await EvaluateAsync<string>($"() => alice.generate({request}).then(() => 'no error', error => error.message)"));

    [Fact]
    public async Task TheStreamIsTheText()
    {
        var found = await EvaluateAsync<JsonElement>("""
            async () => {
              const heard = [];
              const result = await alice.generate({ chat: 'What is the capital of France?', onToken: token => heard.push(token) });
              const [text, ids] = [heard.map(token => token.text).join(''), heard.map(token => token.id)];
              return [text === result.text, String(ids) === String(result.tokens)];
            }
            """);
        Assert.Equal("[true,true]", found.GetRawText());
    }

    [Fact]
    public async Task AnAbortEndsTheTextAfterTheTokenThatIsBeingWritten()
    {
        var found = await EvaluateAsync<JsonElement>("""
            async () => {
              const stop = new AbortController();
              const result = await alice.generate({
                prompt: 'Once upon a time', maxTokens: 500, temperature: 1, seed: 3, signal: stop.signal, onToken: () => stop.abort(),
              });
              return [result.stop_reason, result.tokens.length < 500];
            }
            """);
        Assert.Equal("""["cancelled",true]""", found.GetRawText());
    }

    [Fact]
    public async Task TwoGenerationsAtOnceDoNotDisturbEachOther()
    {
        var found = await EvaluateAsync<bool>("""
            async () => {
              const ask = chat => alice.generate({ chat, maxTokens: 20 }).then(result => result.text);
              const [france, italy] = ['What is the capital of France?', 'What is the capital of Italy?'];
              const both = await Promise.all([ask(france), ask(italy)]);
              return both[0] === await ask(france) && both[1] === await ask(italy);
            }
            """);
        Assert.True(found);
    }

    private async Task<T> EvaluateAsync<T>(string script)
    {
        await using var page = await book.OpenAsync(Path.Combine(book.Series, "tokens.html"));
        return await page.Page.EvaluateAsync<T>(script);
    }
}
