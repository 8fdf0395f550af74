using System.Text.Json.Nodes;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Lessons.Displays.Components;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Lessons.Tests.Components;

/// <summary>What playable displays store and say; what they do is tested in the book's pages.</summary>
public sealed class ComponentTests(LoadedAlice loaded) : IClassFixture<LoadedAlice>
{
    private const string Sentence = "The capital of Italy is";

    private readonly LessonModel _alice = loaded.Alice;

    [Fact]
    public void AComponentIsStoredAsItsValuesAndHtmlAndPlainText()
    {
        foreach (var (component, name) in All())
        {
            var data = ValueFormatter.Format(component);
            Assert.Equal([$"application/vnd.rabbit.{name}+json", "text/html", "text/plain"], data.MimeTypes);
            Assert.Equal(component.ToJson(), data.Find($"application/vnd.rabbit.{name}+json")!.ToJsonString());
            Assert.StartsWith($"<{component.Name}>", data["text/html"], StringComparison.Ordinal);
            Assert.EndsWith($"<script type=\"application/json\">{component.ToJson()}</script></{component.Name}>", data["text/html"],
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AComponentStoresTheSameValuesEachTime() =>
        Assert.Equal(All().Select(one => one.Component.ToJson()), All().Select(one => one.Component.ToJson()));

    [Fact]
    public void NoTextEndsTheScriptThatHoldsTheValues() =>
        Assert.DoesNotContain("</script><b>", Cells.TokenBox(_alice, "</script><b>").ToHtml(), StringComparison.Ordinal);

    [Fact]
    public void TheModelsDisplayBringsTheScriptOnce()
    {
        Assert.Contains("customElements.define", _alice.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("customElements.define", Cells.LensGrid(_alice, Sentence).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheTextOfATokenBoxIsThatOfItsTokens() =>
        Assert.Equal(_alice.Tokens("unhappiness").ToText(), Cells.TokenBox(_alice, "unhappiness").ToText());

    [Fact]
    public void TheWeightsOfAnAttentionViewerSumToOne()
    {
        var data = JsonNode.Parse(Cells.AttentionViewer(_alice, Sentence).ToJson())!;
        var weights = Convert.FromBase64String((string)data["weights"]!);
        Assert.Equal(_alice.Layers * _alice.Heads * 5 * 5, weights.Length);
        // Each of five bytes is at most half a step off.
        Assert.All(weights.Chunk(5), row => Assert.InRange(row.Sum(weight => weight), 255 - 3, 255 + 3));
        Assert.Equal(_alice.Without(2, 1).Next(Sentence).Likeliest, (string)data["without"]![2]![1]![0]![0]!);
    }

    [Fact]
    public void ASamplerBenchStoresTheWeightOfAllOtherTokens()
    {
        var data = JsonNode.Parse(Cells.SamplerBench(_alice, Sentence, " Rome").ToJson())!;
        var scores = _alice.Next(Sentence).Scores;
        var listed = data["candidates"]!.AsArray().Sum(one => Math.Exp((float)one![2]! - scores.Max()));
        var at = data["temperatures"]!.AsArray().Select((one, i) => ((double)one!, i)).Single(one => one.Item1 == 1).i;
        Assert.Equal(scores.Sum(score => Math.Exp(score - scores.Max())), listed + (double)data["rest"]![at]!, 1e-5);
        Assert.Equal(_alice.Ids(" Rome")[0], (int)data["watch"]!);
    }

    [Fact]
    public void TheLastRowOfALensGridIsWhatTheModelSays()
    {
        var data = JsonNode.Parse(Cells.LensGrid(_alice, Sentence).ToJson())!;
        var steps = _alice.AfterEach(Sentence);
        Assert.Equal(steps.Select(step => step.Likeliest), data["says"]![_alice.Layers - 1]!.AsArray().Select(one => (string)one![0]![0]!));
        Assert.All(data["ranks"]![_alice.Layers - 1]!.AsArray(), rank => Assert.Equal(1, (int)rank!));
    }

    [Fact]
    public void AnEvictedEntryChangesOnlyWhatTheLastTokenSees()
    {
        var data = JsonNode.Parse(Cells.CacheStepper(_alice, Sentence, 2).ToJson())!;
        Assert.Equal(_alice.Next(Sentence).Likeliest, (string)data["tokens"]![5]!);
        Assert.Equal(data["tokens"]!.AsArray().Count - 1, data["without"]!.AsArray().Count);
        Assert.NotEqual(data["next"]!.ToJsonString(), data["without"]![0]!.ToJsonString());
        // 5 entries x 6 layers x key and value x 2 heads x 32 numbers x 4 bytes.
        Assert.StartsWith("Prefill: 5 tokens at once, 5 entries, 15,360 bytes.", Cells.CacheStepper(_alice, Sentence, 2).ToText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ARooflineSaysWhatTheLowerLimitAllows()
    {
        var text = Roofline().ToText();
        // 1 flop a byte at 10 GB/s allows 10 GFLOP/s, of which 5 are a half; 100 flops a byte are beyond the ridge at 10.
        Assert.Matches("1 .* 10 +50.0%", text);
        Assert.Matches("100 .* 100 +80.0%", text);
    }

    [Fact]
    public void ProductsAreMeasuredWithTheirBytes()
    {
        var point = RooflinePoint.OfProducts(4, 8, [2])[0];
        // 2 x 4 x 8 x 2 flops; 4 bytes for each of 32 + 16 + 8 numbers.
        Assert.Equal((2, 128, 224), (point.Columns, point.Flops, point.Bytes));
        Assert.True(point.Seconds > 0);
    }

    [Fact]
    public void AGuessHidesItsAnswerInDetails()
    {
        var guess = Cells.Predict("How many tokens are that?", 1, 11, "tokens");
        Assert.Equal("Predict: How many tokens are that? From 1 to 11 tokens.", guess.ToText());
        Assert.Equal("How many tokens are that? 5 tokens.", guess.Reveal(5).ToText());
        Assert.Contains("<details><summary>The answer: How many tokens are that?</summary><p>5 tokens</p></details>",
            guess.Reveal(5).ToHtml(), StringComparison.Ordinal);
        Assert.Equal("how-many-tokens-are-that", (string)JsonNode.Parse(guess.ToJson())!["id"]!);
    }

    // 3 x 1 + 1 x 2 = 5; 5 / (sqrt 10 x sqrt 5) = 1 / sqrt 2, the cosine of 45 degrees.
    [Fact]
    public void ArrowsAreComparedInWords() => Assert.Equal(
        "a = (3, 1), b = (1, 2): dot product 5, cosine 0.7071, angle 45°",
        Cells.ArrowPair(("a", new Vector(3, 1)), ("b", new Vector(1, 2))).ToText());

    [Fact]
    public void WhatCannotBeShownIsRefusedWithTheWayOut()
    {
        Assert.Contains("'b' must be two numbers from -5 to 5", Assert.Throws<ArgumentException>(
            () => Cells.ArrowPair(("a", new Vector(3, 1)), ("b", new Vector(6, 2)))).Message, StringComparison.Ordinal);
        Assert.Contains("shows from 2 to 64", Assert.Throws<ArgumentException>(() => Cells.AttentionViewer(_alice, "a")).Message,
            StringComparison.Ordinal);
        Assert.Contains("alice.Tokens(text)", Assert.Throws<ArgumentException>(() => Cells.SamplerBench(_alice, "a", "no token")).Message,
            StringComparison.Ordinal);
        Assert.Contains("'to' must be above 'from'", Assert.Throws<ArgumentException>(() => Cells.Predict("Q?", 2, 2)).Message,
            StringComparison.Ordinal);
    }

    private static Roofline Roofline() =>
        Cells.Roofline(new MachineLimits(100e9, 10e9), [new(1, 1e9, 1e9, 0.2), new(64, 100e9, 1e9, 1.25)]);

    private IEnumerable<(Component Component, string Name)> All()
    {
        var guess = Cells.Predict("How many?", 1, 11, "tokens");
        yield return (Cells.TokenBox(_alice, "a <b> 12"), "token-box");
        yield return (Cells.AttentionViewer(_alice, Sentence), "attention-viewer");
        yield return (Cells.SamplerBench(_alice, [new Chat.ChatMessage("user", "Hello!")]), "sampler-bench");
        yield return (Cells.LensGrid(_alice, Sentence), "lens-grid");
        yield return (Cells.CacheStepper(_alice, Sentence, 3), "cache-stepper");
        yield return (Roofline(), "roofline");
        yield return (Cells.ArrowPair(("a", new Vector(3, 1)), ("b", new Vector(1, 2))), "arrow-pair");
        yield return (guess, "guess-field");
        yield return (guess.Reveal(5), "guess-answer");
        yield return (Cells.Calibration(), "guess-calibration");
    }
}
