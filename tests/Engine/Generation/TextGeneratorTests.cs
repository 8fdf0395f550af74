using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class TextGeneratorTests : IDisposable
{
    private readonly LanguageModel _model = GoldenModels.Load("llama");
    private readonly TextGenerator _generator;

    public TextGeneratorTests() => _generator = new TextGenerator(_model);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void GreedyTokensAreTheArgmaxOfFullForwards()
    {
        using var scope = NewDisposeScope();
        List<int> text = [5, 17, 3];
        for (var i = 0; i < 8; i++) text.Add((int)_model.Logits(text)[-1].argmax().ToInt64());

        var result = _generator.Generate([5, 17, 3], new GenerationOptions { MaxTokens = 8 });

        Assert.Equal(text.Skip(3), result.Tokens);
        Assert.Equal(StopReason.MaxTokens, result.StopReason);
        Assert.Null(result.Text);
    }

    [Fact]
    public void ASecondCallKnowsNothingOfTheFirst()
    {
        var options = new GenerationOptions { MaxTokens = 6 };
        var first = _generator.Generate([7, 8, 9], options);
        _generator.Generate([40, 41, 42, 43], options);

        Assert.Equal(first.Tokens, _generator.Generate([7, 8, 9], options).Tokens);
    }

    [Fact]
    public void AStopTokenEndsTheTurnAndIsNotAmongTheTokens()
    {
        var free = _generator.Generate([5, 17, 3], new GenerationOptions { MaxTokens = 8 });

        var result = _generator.Generate([5, 17, 3], new GenerationOptions { MaxTokens = 8, StopTokens = [free.Tokens[2]] });

        Assert.Equal(StopReason.EndTurn, result.StopReason);
        Assert.Equal(free.Tokens.TakeWhile(t => t != free.Tokens[2]), result.Tokens);
    }

    [Fact]
    public void ASeedFixesTheSampleAndAnotherChangesIt()
    {
        int[] Sample(int seed) => [.. _generator.Generate([5], new GenerationOptions
        {
            MaxTokens = 20,
            Sampling = new SamplingOptions { Temperature = 1, Seed = seed },
        }).Tokens];

        Assert.Equal(Sample(1), Sample(1));
        Assert.NotEqual(Sample(1), Sample(2));
    }

    // Greedy steps by hand on full forwards: generated tokens pay 1.5 for each time and 0.5 once; the prompt's pay nothing.
    [Fact]
    public void PenaltiesCountGeneratedTokensOnly()
    {
        using var scope = NewDisposeScope();
        List<int> text = [5, 17, 3, 17];
        for (var i = 0; i < 12; i++)
        {
            var logits = _model.Logits(text)[-1].data<float>().ToArray();
            foreach (var token in text.Skip(4)) logits[token] -= 1.5f;
            foreach (var token in text.Skip(4).Distinct()) logits[token] -= 0.5f;
            text.Add(logits.Index().MaxBy(logit => logit.Item).Index);
        }

        var result = _generator.Generate([5, 17, 3, 17], new GenerationOptions
        {
            MaxTokens = 12,
            Sampling = SamplingOptions.Greedy with { FrequencyPenalty = 1.5, PresencePenalty = 0.5 },
        });

        Assert.Equal(text.Skip(4), result.Tokens);
        Assert.NotEqual(_generator.Generate([5, 17, 3, 17], new GenerationOptions { MaxTokens = 12 }).Tokens, result.Tokens);
    }

    [Fact]
    public void ABiasOutsideTheVocabularyIsRefusedBeforeAnythingIsRead() => Assert.StartsWith(
        "The logit bias names token 61, and the model's vocabulary goes from 0 to 60.",
        Assert.Throws<ArgumentOutOfRangeException>(() => _generator.Stream([5], new GenerationOptions
        {
            Sampling = new() { LogitBias = new Dictionary<int, double> { [61] = 1 } },
        })).Message);

    // Torch's own log_softmax in float64 on full forwards, whose logits differ from cached ones by up to 1e-4.
    [Fact]
    public void LogProbabilitiesAreThoseOfTheRawLogits()
    {
        using var scope = NewDisposeScope();
        var sampling = new SamplingOptions
        {
            Temperature = 2,
            TopP = 0.9,
            RepetitionPenalty = 1.3,
            LogitBias = new Dictionary<int, double> { [7] = 3 },
            Seed = 4,
        };
        var result = _generator.Generate([5, 17, 3], new() { MaxTokens = 8, Sampling = sampling, LogProbabilities = 5 });

        Assert.Equal(result.Tokens, _generator.Generate([5, 17, 3], new() { MaxTokens = 8, Sampling = sampling }).Tokens);
        Assert.Equal(result.Tokens, result.LogProbabilities!.Select(chosen => chosen.Token));
        foreach (var (at, chosen) in result.LogProbabilities!.Index())
        {
            var logits = _model.Logits([5, 17, 3, .. result.Tokens.Take(at)])[-1].to(ScalarType.Float64);
            var expected = nn.functional.log_softmax(logits, 0);
            Assert.Equal(expected[chosen.Token].item<double>(), chosen.Value, 1e-4);
            Assert.Equal(expected.topk(5).indexes.data<long>().Select(id => (int)id), chosen.Top.Select(top => top.Token));
            Assert.All(chosen.Top, top => Assert.Equal(expected[top.Token].item<double>(), top.Value, 1e-4));
        }
    }

    [Fact]
    public void EachStreamedTokenHasItsLogProbabilityAlsoTheOneThatEndsTheTurn()
    {
        var free = _generator.Generate([5, 17, 3], new() { MaxTokens = 8 });
        var stream = _generator.Stream([5, 17, 3], new() { MaxTokens = 8, StopTokens = [free.Tokens[2]], LogProbabilities = 0 });
        var streamed = stream.ToList();

        Assert.All(streamed, token => Assert.Equal((token.Id, 0), (token.LogProbability!.Token, token.LogProbability.Top.Count)));
        Assert.Equal(StopReason.EndTurn, stream.Result.StopReason);
        Assert.Equal(streamed.SkipLast(1).Select(token => token.LogProbability), stream.Result.LogProbabilities);
    }

    [Fact]
    public void WithoutAskingThereAreNoLogProbabilities()
    {
        var stream = _generator.Stream([5, 17, 3], new() { MaxTokens = 3 });
        Assert.All(stream, token => Assert.Null(token.LogProbability));
        Assert.Null(stream.Result.LogProbabilities);
    }

    [Fact]
    public void ABatchHasTheLogProbabilitiesOfEachAlone()
    {
        int[][] prompts = [[5, 17, 3], [7]];
        var options = new GenerationOptions { MaxTokens = 4, LogProbabilities = 2 };
        foreach (var (prompt, together) in prompts.Zip(_generator.GenerateBatch(prompts, options, TestContext.Current.CancellationToken)))
        {
            var alone = _generator.Generate(prompt, options, TestContext.Current.CancellationToken);
            foreach (var (a, b) in alone.LogProbabilities!.Zip(together.LogProbabilities!)) Assert.Equal(a.Value, b.Value, 1e-4);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(21)]
    public void ImpossibleNumbersOfLogProbabilitiesAreRefused(int count) => Assert.StartsWith(
        "Log-probabilities must be for 0 to 20 tokens. Leave them out for none.",
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { LogProbabilities = count }).Message);

    [Fact]
    public async Task AStreamGivesTheTokensOfTheWhole()
    {
        var options = new GenerationOptions { MaxTokens = 10 };
        var stream = _generator.StreamAsync([5, 17, 3], options, TestContext.Current.CancellationToken);
        var streamed = new List<int>();

        await foreach (var token in stream) streamed.Add(token.Id);

        Assert.Equal(_generator.Generate([5, 17, 3], options, TestContext.Current.CancellationToken).Tokens, streamed);
        Assert.Equal(StopReason.MaxTokens, stream.Result.StopReason);
    }

    [Fact]
    public async Task ACancelledStreamKeepsWhatWasWritten()
    {
        using var source = new CancellationTokenSource();
        var stream = _generator.Stream([5, 17, 3], new GenerationOptions { MaxTokens = 10 }, cancellationToken: source.Token);
        var streamed = new List<int>();

        foreach (var token in stream)
        {
            streamed.Add(token.Id);
            if (streamed.Count == 2) await source.CancelAsync();
        }

        Assert.Equal(StopReason.Cancelled, stream.Result.StopReason);
        Assert.Equal(2, streamed.Count);
        Assert.Equal(streamed, stream.Result.Tokens);
    }

    [Fact]
    public void AGenerationThatWasCancelledBeforeItBeganWritesNothing()
    {
        var result = _generator.Generate([5, 17, 3], cancellationToken: new CancellationToken(canceled: true));
        Assert.Equal((StopReason.Cancelled, 0), (result.StopReason, result.Tokens.Count));
    }

    [Fact]
    public void AStreamThatIsLeftEarlyHasWhatWasWritten()
    {
        var stream = _generator.Stream([5, 17, 3], new GenerationOptions { MaxTokens = 40 });
        Assert.Throws<InvalidOperationException>(() => stream.Result);
        var tokens = stream.Take(3).Select(token => token.Id).ToList();
        Assert.Equal(tokens, stream.Result.Tokens);
        Assert.Equal(StopReason.Cancelled, stream.Result.StopReason);
    }

    [Fact]
    public void AHostsCancellationEndsAGenerationThatWasHandedNone()
    {
        using var source = new CancellationTokenSource();
        HostCancellation.Token = source.Token;
        var written = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in _generator.Stream([5, 17, 3], new GenerationOptions { MaxTokens = 40 }))
                if (++written == 3) source.Cancel();
        });
        Assert.Equal(3, written);
        HostCancellation.Token = default;
    }

    [Fact]
    public void ABatchOfPromptsOfDifferentLengthsGivesEachTheTokensItGivesAlone()
    {
        int[][] prompts = [[5, 17, 3], [7], [.. Enumerable.Range(10, 30)], [40, 41]];
        var free = _generator.Generate([5, 17, 3], new GenerationOptions { MaxTokens = 8 });
        var options = new GenerationOptions { MaxTokens = 12, StopTokens = [free.Tokens[4]] };       // the first row ends before the others

        var together = _generator.GenerateBatch(prompts, options, TestContext.Current.CancellationToken);

        foreach (var (prompt, result) in prompts.Zip(together))
        {
            var alone = _generator.Generate(prompt, options, TestContext.Current.CancellationToken);
            Assert.Equal(alone.Tokens, result.Tokens);
            Assert.Equal(alone.StopReason, result.StopReason);
        }
        Assert.Equal(StopReason.EndTurn, together[0].StopReason);
        Assert.True(together[0].Tokens.Count < together.Max(result => result.Tokens.Count));
    }

    [Fact]
    public void ABatchThatIsCancelledSaysSoOfEveryText()
    {
        var results = _generator.GenerateBatch([[5, 17, 3], [7]], cancellationToken: new CancellationToken(canceled: true));
        Assert.All(results, result => Assert.Equal((StopReason.Cancelled, 0), (result.StopReason, result.Tokens.Count)));
    }

    [Fact]
    public async Task AStreamIsReadOnce()
    {
        const string Refusal = "The stream was read already. A generation runs once: ask for another.";
        var here = _generator.Stream([5, 17, 3], new GenerationOptions { MaxTokens = 2 });
        Assert.Equal(2, here.Count());
        Assert.Equal(Refusal, Assert.Throws<InvalidOperationException>(() => here.Count()).Message);

        var aside = _generator.StreamAsync([5, 17, 3], new GenerationOptions { MaxTokens = 2 }, TestContext.Current.CancellationToken);
        await foreach (var _ in aside) { }
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => { await foreach (var _ in aside) { } });
        Assert.Equal(Refusal, error.Message);
    }

    [Fact]
    public void ACacheThatHoldsTheBeginningIsReadOn()
    {
        var expected = _generator.Generate([5, 17, 3, 8], new GenerationOptions { MaxTokens = 6 });
        using var cache = _model.CreateCache();
        new ModelRunner(_model).Prefill([5, 17, 3], cache);

        var stream = _generator.Stream([5, 17, 3, 8], new GenerationOptions { MaxTokens = 6 }, cache);

        Assert.Equal(expected.Tokens, stream.Select(token => token.Id));
        Assert.Equal(4 + 5, cache.Length);      // the last token was sampled and not read
        Assert.Throws<PromptException>(() => _generator.Stream([5, 17], cache: cache));
    }

    [Fact]
    public async Task LeavingAStreamEarlyEndsItsThread()
    {
        var stream = _generator.StreamAsync([5, 17, 3], new GenerationOptions { MaxTokens = 40 }, TestContext.Current.CancellationToken);
        await foreach (var _ in stream) break;

        var another = _generator.Generate([5, 17, 3], new GenerationOptions { MaxTokens = 4 }, TestContext.Current.CancellationToken);

        Assert.Equal(4, another.Tokens.Count);
    }

    [Fact]
    public void TheContextEndsATextThatMayGoOn()
    {
        var result = _generator.Generate([.. Enumerable.Repeat(3, 60)], new GenerationOptions { MaxTokens = 50 });

        Assert.Equal(4, result.Tokens.Count);      // 64 - 60
        Assert.Equal(StopReason.MaxTokens, result.StopReason);
    }

    [Fact]
    public void AnEmptyPromptIsRefused() => Assert.Equal(
        "The prompt is empty: the model needs at least one token to continue from.",
        Assert.Throws<PromptException>(() => _generator.Generate([])).Message);

    [Fact]
    public void APromptBeyondTheContextIsRefused() => Assert.Equal(
        "The prompt has 70 tokens and the model's context holds 64. Shorten it by 6 tokens, or use a model with a longer context.",
        Assert.Throws<PromptException>(() => _generator.Generate([.. Enumerable.Repeat(1, 70)])).Message);

    [Fact]
    public void ATokenOutsideTheVocabularyIsRefused() => Assert.Equal(
        "Token 1 of the prompt is 61, and the model's vocabulary goes from 0 to 60. Was it made with another tokenizer?",
        Assert.Throws<PromptException>(() => _generator.Generate([3, 61])).Message);

    [Fact]
    public void NothingIsLeftBehind()
    {
        _generator.Generate([1, 2, 3], new GenerationOptions { MaxTokens = 2 });       // fills the tables of rotations
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        _generator.Generate([1, 2, 3], new GenerationOptions { MaxTokens = 30 });

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
