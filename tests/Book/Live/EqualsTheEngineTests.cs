using System.Text;
using System.Text.Json;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Book.Tests.Live;

/// <summary>The model in the browser computes what the engine computes.</summary>
[Collection(SharedBooks.Name)]
public sealed class EqualsTheEngineTests(OpenBook book)
{
    // Eight layers of sums in float32, added in another order, differ by some 1e-5; a wrong formula differs by far more.
    private const double Tolerance = 1e-3;

    private string First => Path.Combine(book.Series, "index.html");

    [Fact]
    public async Task PromptsAndChatsGiveTheEnginesTokensAndText()
    {
        await using var page = await book.OpenAsync(First);
        foreach (var (kind, text) in LiveQuestions.Prompts.Select(text => ("prompt", text))
            .Concat(LiveQuestions.Chats.Select(text => ("chat", text))))
        {
            var prompt = kind == "chat" ? Engine.Alice.EncodeChat([new ChatMessage("user", text)]) : Ids(text);
            var expected = Engine.Greedy(prompt, 24);
            var found = await page.Page.EvaluateAsync<JsonElement>(
                "([kind, text]) => alice.generate({ [kind]: text, maxTokens: 24, temperature: 0 })", new[] { kind, text });
            Assert.Equal(expected.PromptTokens, Integers(found.GetProperty("prompt_tokens")));
            Assert.Equal(expected.Tokens, Integers(found.GetProperty("tokens")));
            Assert.Equal(expected.Text, found.GetProperty("text").GetString());
            Assert.Equal(Generation.StopReasonNames.ToWireName(expected.StopReason), found.GetProperty("stop_reason").GetString());
        }
    }

    [Theory]
    [InlineData("webassembly")]
    [InlineData("plain")]
    public async Task LogitsAreTheEngines(string arithmetic)
    {
        await using var page = await book.OpenAsync(First);
        var facts = await page.Page.EvaluateAsync<JsonElement>("arithmetic => alice.load({ arithmetic })", arithmetic);
        Assert.Equal(arithmetic, facts.GetProperty("arithmetic").GetString());
        var largest = 0.0;
        foreach (var text in LiveQuestions.Prompts.Append(string.Concat(Enumerable.Repeat("A long prompt with many words in it. ", 12))))
        {
            var tokens = Ids(text);
            var found = await page.Page.EvaluateAsync<float[]>("tokens => alice.logits(tokens)", tokens);
            largest = Math.Max(largest, Distance(Engine.Logits(tokens), found));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"largest difference of logits, {arithmetic}: {largest:g3}");
        Assert.InRange(largest, 0, Tolerance);
    }

    [Fact]
    public async Task OddTextsBecomeTheEnginesTokens()
    {
        await using var page = await book.OpenAsync(First);
        string[] texts = [.. TokenizerTexts.WellFormed, .. LiveQuestions.Prompts, .. LiveQuestions.Chats, .. Mixtures(300)];
        var found = await page.Page.EvaluateAsync<JsonElement>(
            "texts => Promise.all(texts.map(async text => (await alice.tokenize(text)).map(t => t.id)))", texts);
        Assert.True(texts.Length > 500);
        Assert.All(texts.Zip(found.EnumerateArray()), pair => Assert.Equal(Ids(pair.First), Integers(pair.Second)));
    }

    [Fact]
    public async Task HalfASurrogatePairBecomesTheReplacementCharacter()
    {
        await using var page = await book.OpenAsync(First);
        var found = await page.Page.EvaluateAsync<JsonElement>("async () => (await alice.tokenize('a\\ud800b')).map(t => t.id)");
        Assert.Equal(Ids("a\ud800b"), Integers(found));
    }

    [Fact]
    public async Task MergesAreTheEngines()
    {
        await using var page = await book.OpenAsync(First);
        var tokenizer = Assert.IsType<ByteLevelBpe>(Engine.Alice.Tokenizer);
        foreach (var word in new[] { "unhappiness", " wonderland", "café", "🐇", "x" })
        {
            var expected = tokenizer.Trace(word);
            var found = (await page.Page.EvaluateAsync<JsonElement>("text => alice.merges(text)", word))[0];
            Assert.Equal(expected.Start, Texts(found.GetProperty("start")));
            Assert.Equal(expected.Steps.Select(step => (step.Merge.Rank, step.Left, step.Right, string.Join('|', step.Pieces))),
                found.GetProperty("steps").EnumerateArray().Select(step => (step.GetProperty("rank").GetInt32(),
                    step.GetProperty("left").GetString()!, step.GetProperty("right").GetString()!,
                    string.Join('|', Texts(step.GetProperty("pieces"))))));
            Assert.Equal(expected.Tokens, found.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("id").GetInt32()));
        }
    }

    [Fact]
    public async Task ASeedSamplesWhatItSamplesInTheEngine()
    {
        await using var page = await book.OpenAsync(First);
        SamplingOptions[] settings =
        [
            new() { Temperature = 0.8, TopP = 0.95, Seed = 7 }, new() { Temperature = 1.3, TopK = 40, Seed = -3 },
            new() { MinP = 0.05, Seed = 1 }, new() { Temperature = 1.5, TopK = 100, TopP = 0.9, MinP = 0.02, Seed = int.MaxValue },
        ];
        foreach (var setting in settings)
        {
            var expected = Engine.Generate(Ids("Once upon a time"), 40, setting);
            var found = await page.Page.EvaluateAsync<JsonElement>(
                "said => alice.generate({ prompt: 'Once upon a time', maxTokens: 40, ...JSON.parse(said, (_, x) => x ?? undefined) })",
                JsonSerializer.Serialize(new
                {
                    temperature = setting.Temperature, topK = setting.TopK, topP = setting.TopP, minP = setting.MinP, seed = setting.Seed,
                }));
            Assert.Equal(expected.Tokens, Integers(found.GetProperty("tokens")));
        }
    }

    private static int[] Ids(string text) => Engine.Alice.Tokenizer.Encode(text, addSpecialTokens: true);

    private static double Distance(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        return expected.Zip(found, (a, b) => Math.Abs((double)a - b)).Max();
    }

    private static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetInt32())];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static IEnumerable<string> Mixtures(int count)
    {
        string[] pieces =
        [
            "the", " rabbit", "HOLE", "'s", "'ll", "7", "42", " ", "  ", "\n", "\t", "\r\n",
            "é", "ß", "Ж", "中", "🐇", "\u200d", "\u0301", "\u00a0",
            "\u0085", "\ufeff", "½", "٣", ".", "...", "-", "_", "\"", "\\", "<|end|>", "<|user|>", "<|", "|>", "<|/think|>",
        ];
        var random = new Random(3);
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(1, 12); n > 0; n--)
                text.Append(pieces[random.Next(pieces.Length)]);
            yield return text.ToString();
        }
    }
}
