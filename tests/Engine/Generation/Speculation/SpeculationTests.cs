using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Generation.Speculation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class SpeculationTests : IDisposable
{
    private readonly LanguageModel _alice = LanguageModel.Load(Repository.Alice, "cpu");
    private readonly LanguageModel _draft =
        LanguageModel.Load(Path.Combine(Path.GetDirectoryName(Repository.Alice)!, "alice-draft"), "cpu");

    public static TheoryData<string, string, int> Cases => new MatrixTheoryData<string, string, int>(
        ["Once upon a time there was a little girl who", "red red red blue red red red blue red red"],
        ["draft", "prompt", "itself"], [1, 4, 9]);

    public void Dispose()
    {
        _alice.Dispose();
        _draft.Dispose();
    }

    [Theory, MemberData(nameof(Cases))]
    public void TheGreedyTextIsThatOfPlainDecoding(string prompt, string kind, int tokens)
    {
        var plain = _alice.Generate(prompt, Greedy(40));

        var guessed = _alice.Generate(prompt, Greedy(40) with { Speculation = Speculators(kind) with { Tokens = tokens } });

        Assert.Equal(plain.Tokens, guessed.Tokens);
        Assert.Equal((plain.Text, plain.StopReason), (guessed.Text, guessed.StopReason));
        Assert.Equal(plain.Timings.DecodedTokens, guessed.Timings.DecodedTokens);
        // Each forward gives one token beyond the guesses that were kept.
        Assert.Equal(guessed.Timings.DecodedTokens, guessed.Speculation!.Kept + guessed.Speculation.Forwards);
    }

    /// <summary>Three tokens, each of the two likeliest: eight texts, whose probabilities the model's own logits give.</summary>
    /// <remarks>Pearson's chi-squared with 7 degrees of freedom exceeds 40.5 once in a million seeds.</remarks>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void SampledTextsHaveThePlainDistribution(int tokens)
    {
        const int Texts = 1500;
        using var model = GoldenModels.Load("llama");
        int[] prompt = [1, 2, 3];
        var expected = TextsOf(model, prompt, 3).ToDictionary(text => text.Text, text => text.Probability * Texts);
        var counts = expected.Keys.ToDictionary(text => text, _ => 0);
        var generator = new TextGenerator(model);
        var kept = 0;
        for (var seed = 0; seed < Texts; seed++)
        {
            var result = generator.Generate(prompt, new()
            {
                MaxTokens = 3, StopTokens = [], Speculation = new DraftModel(model) { Tokens = tokens },
                Sampling = new() { Temperature = 1, TopK = 2, Seed = seed },
            });
            counts[string.Join(' ', result.Tokens)]++;
            kept += result.Speculation!.Kept;
        }
        Assert.InRange(kept, 1, Texts * 2);
        Assert.InRange(expected.Sum(text => Math.Pow(counts[text.Key] - text.Value, 2) / text.Value), 0, 40.5);
    }

    [Fact]
    public void AModelKeepsEveryGuessOfItsOwn()
    {
        var options = Greedy(31) with { Speculation = new DraftModel(_alice) { Tokens = 4 } };
        var report = _alice.Generate("Once upon a time there was", options).Speculation!;
        Assert.Equal((24, 24, 6), (report.Guessed, report.Kept, report.Forwards));    // the first token, then 6 forwards of 5
        Assert.Equal(1, report.Acceptance);
    }

    [Fact]
    public void ALentCacheHoldsTheTextAndNoGuess()
    {
        var prompt = _alice.Tokenizer.Encode("Once upon a time");
        foreach (var leaveEarly in new[] { false, true })
        {
            using var cache = _alice.CreateCache();
            var options = Greedy(20) with { Speculation = new DraftModel(_draft) };
            var stream = new TextGenerator(_alice).Stream(prompt, options, cache);
            foreach (var _ in stream)
                if (leaveEarly && stream.Result.Tokens.Count == 7)
                    break;
            int[] text = [.. prompt, .. stream.Result.Tokens];
            Assert.InRange(cache.Length, 1, text.Length - 1);
            var next = new ModelRunner(_alice).Prefill(text[cache.Length..], cache);
            using var whole = _alice.Logits(text);
            using var last = whole[^1];
            Assert.Equal(TorchSharp.torch.argmax(last).item<long>(), next.Top(1)[0].Id);
        }
    }

    [Fact]
    public void GuessesEndAtTheLimitAndAtTheEndToken()
    {
        var options = Greedy(3) with { Speculation = new DraftModel(_alice) { Tokens = 9 } };
        Assert.Equal(3, _alice.Generate("Once upon a time", options).Tokens.Count);
        const string Question = "What is the capital of France?";
        var plain = _alice.Chat(Question, Greedy(60));
        Assert.Equal(StopReason.EndTurn, plain.StopReason);
        Assert.Equal(plain.Tokens, _alice.Chat(Question, Greedy(60) with { Speculation = new DraftModel(_draft) }).Tokens);
    }

    [Fact]
    public void EveryExactCacheWorksWithGuesses()
    {
        var options = Greedy(30) with { Speculation = new DraftModel(_draft) };
        var plain = _alice.Generate("Once upon a time", Greedy(30)).Tokens;
        foreach (var kind in new CacheKind[] { new PagedKind(3), new SlidingKind(), new OffloadedKind(2) })
            Assert.Equal(plain, _alice.Generate("Once upon a time", options with { Cache = kind }).Tokens);
    }

    [Theory]
    [InlineData("1 2 3 9 1 2 3", 4, "9 1 2 3")]
    [InlineData("1 2 3 9 1 2 3", 2, "9 1")]
    [InlineData("5 3 7 3 8 3", 3, "8 3")]          // the nearest place of 3
    [InlineData("1 2 4 5 2 6 1 2", 1, "4")]        // two tokens that match go before one that is nearer
    [InlineData("1 2 3", 3, "")]
    [InlineData("7 7", 3, "7")]
    [InlineData("7", 3, "")]
    public void LookUpCopiesWhatFollowed(string text, int count, string expected)
    {
        using var draft = new PromptLookup { Match = 3 }.Begin(_alice);
        Assert.Equal(expected, string.Join(' ', draft.Guess([.. text.Split(' ').Select(int.Parse)], count)));
    }

    [Fact]
    public void ADraftWithOtherTokensIsRefused()
    {
        using var other = GoldenModels.Load("llama");
        var error = Assert.Throws<ArgumentException>(() => _alice.Generate("One", new() { Speculation = new DraftModel(other) }));
        Assert.Contains("A draft needs the model's own tokenizer.", error.Message);
    }

    [Fact]
    public void AnImpossibleNumberOfGuessesIsRefused() =>
        Assert.Contains("from 1 to 64", Assert.Throws<ArgumentOutOfRangeException>(() => new PromptLookup { Tokens = 0 }).Message);

    private static IEnumerable<(string Text, double Probability)> TextsOf(LanguageModel model, int[] prompt, int length)
    {
        if (length == 0) return [("", 1)];
        using var cache = model.CreateCache();
        var two = new ModelRunner(model).Prefill(prompt, cache).Top(2);
        return two.SelectMany(next => TextsOf(model, [.. prompt, next.Id], length - 1).Select(rest =>
            ($"{next.Id} {rest.Text}".TrimEnd(), rest.Probability * next.Probability / two.Sum(one => one.Probability))));
    }

    private static GenerationOptions Greedy(int tokens) => new() { MaxTokens = tokens, Sampling = SamplingOptions.Greedy };

    private Speculator Speculators(string kind) => kind switch
    {
        "draft" => new DraftModel(_draft),
        "itself" => new DraftModel(_alice),
        _ => new PromptLookup(),
    };
}
