using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class BeamSearchTests : IDisposable
{
    private static readonly int[] _prompt = [5, 17, 3];
    private readonly LanguageModel _model = GoldenModels.Load("llama");

    public void Dispose() => _model.Dispose();

    // Only 4 of the 61 tokens are allowed, so 4 steps have at most 4^4 = 256 texts. All of them are counted out with full forwards.
    [Theory]
    [InlineData(1.0, -1)]
    [InlineData(1.0, 40)]
    [InlineData(0.0, 40)]
    [InlineData(-0.5, 8)]
    [InlineData(2.0, 21)]
    public void ASearchAsWideAsAllTextsFindsTheBestOfThem(double lengthPenalty, int stopToken)
    {
        int[] allowed = [8, 21, 33, 40];
        const int Steps = 4;
        var expected = AllTexts([], 0, allowed, stopToken, Steps)
            .OrderByDescending(text => text.Sum / Math.Pow(text.Tokens.Length, lengthPenalty)).ToList();

        var found = Search(256, lengthPenalty, new()
        {
            MaxTokens = Steps,
            StopTokens = [stopToken],
            Sampling = new()
            {
                LogitBias = Enumerable.Range(0, 61).Except(allowed).ToDictionary(token => token, _ => double.NegativeInfinity),
            },
        });

        Assert.Equal(expected.Count, found.Count);
        foreach (var (text, beam) in expected.Zip(found))
        {
            Assert.Equal(text.Tokens.Where(token => token != stopToken), beam.Result.Tokens);
            Assert.Equal(text.Tokens[^1] == stopToken ? StopReason.EndTurn : StopReason.MaxTokens, beam.Result.StopReason);
            Assert.Equal(text.Sum, beam.LogProbability, 1e-3);
            Assert.Equal(text.Sum / Math.Pow(text.Tokens.Length, lengthPenalty), beam.Score, 1e-3);
        }
    }

    [Fact]
    public void AllPairsOfTheWholeVocabularyAreFound()
    {
        var best = AllTexts([], 0, [.. Enumerable.Range(0, 61)], stopToken: -1, steps: 2).MaxBy(text => text.Sum);
        Assert.Equal(best.Tokens, Search(61 * 61, 1, new() { MaxTokens = 2, StopTokens = [] })[0].Result.Tokens);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void ANarrowSearchKeepsWhatTheTextbookKeeps(int width)
    {
        List<(int[] Tokens, double Sum)> expected = [([], 0)];
        for (var step = 0; step < 10; step++)
            expected = [.. expected.SelectMany(text => Next(text.Tokens, [.. Enumerable.Range(0, 61)])
                .Select(next => ((int[])[.. text.Tokens, next.Token], text.Sum + next.Value)))
                .OrderByDescending(text => text.Item2).Take(width)];

        var found = Search(width, 1, new() { MaxTokens = 10, StopTokens = [] });

        Assert.Equal(expected.Select(text => text.Tokens), found.Select(beam => beam.Result.Tokens));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Sum, pair.Second.LogProbability, 1e-3));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public void OneBeamIsGreedy(int? stopAt)
    {
        var generator = new TextGenerator(_model);
        var options = new GenerationOptions { MaxTokens = 20, Sampling = SamplingOptions.Greedy with { RepetitionPenalty = 1.3 } };
        if (stopAt is { } at) options = options with { StopTokens = [generator.Generate(_prompt, options).Tokens[at]] };

        var greedy = generator.Generate(_prompt, options);
        var beam = Assert.Single(Search(1, 1, options));

        Assert.Equal(greedy.Tokens, beam.Result.Tokens);
        Assert.Equal(greedy.StopReason, beam.Result.StopReason);
        Assert.Equal(stopAt is null ? StopReason.MaxTokens : StopReason.EndTurn, beam.Result.StopReason);
    }

    [Fact]
    public void EveryExactCacheFindsTheSameTexts()
    {
        var expected = Search(3, 1, new() { MaxTokens = 6 }).Select(beam => string.Join(' ', beam.Result.Tokens)).ToList();
        foreach (var kind in new CacheKind[] { new PagedKind(2), new SlidingKind(PageSize: 3), new OffloadedKind(2) })
        {
            var found = Search(3, 1, new() { MaxTokens = 6, Cache = kind });
            Assert.Equal(expected, found.Select(beam => string.Join(' ', beam.Result.Tokens)));
        }
    }

    [Fact]
    public void MoreBeamsFindATextThatIsAtLeastAsLikelyAsTheGreedyOne()
    {
        var options = new GenerationOptions { MaxTokens = 12, StopTokens = [] };
        Assert.True(Search(8, 1, options)[0].LogProbability >= Search(1, 1, options)[0].LogProbability);
    }

    [Fact]
    public void SettingsForSamplingDoNothing() => Assert.Equal(
        Search(3, 1, new() { MaxTokens = 6 })[0].Result.Tokens,
        Search(3, 1, new()
        {
            MaxTokens = 6,
            Sampling = new() { Temperature = 3, TopK = 2, TopP = 0.1, MinP = 0.9, TypicalP = 0.1, Seed = 5 },
        })[0].Result.Tokens);

    [Fact]
    public void TheSumIsThatOfTheTokensLogProbabilities()
    {
        var beams = Search(3, 1, new() { MaxTokens = 6, StopTokens = [], LogProbabilities = 2 });
        foreach (var beam in beams)
        {
            Assert.Equal(beam.Result.Tokens, beam.Result.LogProbabilities!.Select(chosen => chosen.Token));
            Assert.Equal(beam.LogProbability, beam.Result.LogProbabilities!.Sum(chosen => chosen.Value), 1e-9);
        }
    }

    [Fact]
    public void ASearchThatWasCancelledBeforeItBeganHasOneEmptyText()
    {
        var beam = Assert.Single(new BeamSearch(_model).Search(_prompt, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal((StopReason.Cancelled, 0), (beam.Result.StopReason, beam.Result.Tokens.Count));
    }

    [Fact]
    public void TheContextEndsTheTexts()
    {
        var beam = new BeamSearch(_model).Search(
            [.. Enumerable.Repeat(3, 60)], options: new() { MaxTokens = 50, StopTokens = [] },
            cancellationToken: TestContext.Current.CancellationToken)[0];
        Assert.Equal((4, StopReason.MaxTokens), (beam.Result.Tokens.Count, beam.Result.StopReason));      // 64 - 60
    }

    [Fact]
    public void FourBeamsAndALengthPenaltyOfOneAreTheDefaults() =>
        Assert.Equal((4, 1.0), (new BeamOptions().Width, new BeamOptions().LengthPenalty));

    [Fact]
    public void ImpossibleSettingsAreRefused()
    {
        Assert.StartsWith(
            "The width of a beam search must be from 1 to 100000.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BeamOptions { Width = 0 }).Message);
        Assert.StartsWith(
            "The length penalty must be a finite number. Use 0 for none.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BeamOptions { LengthPenalty = double.NaN }).Message);
        Assert.Throws<PromptException>(() => new BeamSearch(_model).Search([]));
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        Search(3, 1, new() { MaxTokens = 2 });
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Search(5, 1, new() { MaxTokens = 20 });

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private IReadOnlyList<Beam> Search(int width, double lengthPenalty, GenerationOptions options) => new BeamSearch(_model).Search(
        _prompt, new() { Width = width, LengthPenalty = lengthPenalty }, options, TestContext.Current.CancellationToken);

    private IEnumerable<(int[] Tokens, double Sum)> AllTexts(int[] begun, double sum, int[] allowed, int stopToken, int steps)
    {
        if (begun.Length == steps || (begun.Length > 0 && begun[^1] == stopToken)) return [(begun, sum)];
        return Next(begun, allowed)
            .SelectMany(next => AllTexts([.. begun, next.Token], sum + next.Value, allowed, stopToken, steps));
    }

    /// <summary>The log-probabilities of the allowed tokens among themselves, by torch, from a full forward.</summary>
    private List<(int Token, double Value)> Next(int[] begun, int[] allowed)
    {
        using var scope = NewDisposeScope();
        var logits = _model.Logits([.. _prompt, .. begun])[-1].to(ScalarType.Float64)[tensor(allowed.Select(id => (long)id).ToArray())];
        return [.. allowed.Zip(nn.functional.log_softmax(logits, 0).data<double>().ToArray())];
    }
}
