using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class GenerateTests : IDisposable
{
    private readonly MadeModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void JsonHasTheContractsFields()
    {
        var json = Generate("--prompt", "One", "--max-tokens", "3");
        Assert.Equal(_model.Folder, json.GetProperty("model").GetString());
        Assert.Equal("cpu", json.GetProperty("device").GetString());
        Assert.Equal("One"u8.ToArray().Length, json.GetProperty("prompt_tokens").GetArrayLength());
        Assert.Equal(3, json.GetProperty("tokens").GetArrayLength());
        Assert.Equal(JsonValueKind.String, json.GetProperty("text").ValueKind);
        Assert.Equal("max_tokens", json.GetProperty("stop_reason").GetString());
        foreach (var name in new[]
        {
            "load_ms", "prefill_ms", "ttft_ms", "decode_ms", "tpot_ms", "prefill_tokens_per_s", "decode_tokens_per_s"
        })
            Assert.True(json.GetProperty("timings").GetProperty(name).GetDouble() > 0, name);
    }

    [Fact]
    public void TextFormatPrintsTheTextOfTheJsonAndNothingElse()
    {
        string[] args = ["generate", "--model", _model.Folder, "--prompt", "One", "--max-tokens", "12", "--device", "cpu"];
        var text = Rabbit.Run(args);
        Assert.Equal(0, text.ExitCode);
        Assert.Equal(Generate("--prompt", "One", "--max-tokens", "12").GetProperty("text").GetString() + "\n", text.Output);
        Assert.Contains("max_tokens", text.Error);
    }

    [Fact]
    public void TokensOfAPromptGiveWhatThePromptGives()
    {
        var prompt = Generate("--prompt", "One", "--max-tokens", "8");
        var ids = string.Join(',', prompt.GetProperty("prompt_tokens").EnumerateArray());
        Assert.Equal(
            prompt.GetProperty("tokens").ToString(), Generate("--tokens", ids, "--max-tokens", "8").GetProperty("tokens").ToString());
    }

    [Fact]
    public void ASeedFixesTheSampleAndAnotherChangesIt()
    {
        string Sample(string seed) =>
            Generate("--prompt", "One", "--temperature", "1", "--seed", seed, "--max-tokens", "24").GetProperty("tokens").ToString();
        Assert.Equal(Sample("7"), Sample("7"));
        Assert.NotEqual(Sample("7"), Sample("8"));
    }

    [Fact]
    public void AStopStringEndsTheTextBeforeIt()
    {
        // Visible characters of the greedy text, whose bytes are whole characters.
        var whole = Generate("--prompt", "One", "--max-tokens", "32").GetProperty("text").GetString()!;
        var stop = whole[2..4];
        var cut = Generate("--prompt", "One", "--max-tokens", "32", "--stop", "never said", "--stop", stop);
        Assert.Equal("stop_sequence", cut.GetProperty("stop_reason").GetString());
        Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], cut.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData()]
    [InlineData("--temperature", "1", "--seed", "3")]
    [InlineData("--beams", "3")]
    public void LogprobsHaveOneEntryForEachToken(params string[] how)
    {
        var json = Generate(["--prompt", "One", "--max-tokens", "5", "--logprobs", "3", .. how]);
        var entries = json.GetProperty("logprobs").EnumerateArray().ToList();
        Assert.Equal(
            json.GetProperty("tokens").EnumerateArray().Select(id => id.GetInt32()),
            entries.Select(entry => entry.GetProperty("token").GetInt32()));
        foreach (var entry in entries)
        {
            var top = entry.GetProperty("top").EnumerateArray()
                .Select(one => (Token: one.GetProperty("token").GetInt32(), Logprob: one.GetProperty("logprob").GetDouble())).ToList();
            Assert.Equal(3, top.Count);
            Assert.Equal(top.OrderByDescending(one => one.Logprob), top);
            Assert.InRange(top.Sum(one => Math.Exp(one.Logprob)), 0, 1);
            Assert.True(entry.GetProperty("logprob").GetDouble() <= top[0].Logprob);
        }
    }

    [Fact]
    public void TheGreedyTokenIsTheFirstOfTheLikeliest()
    {
        var json = Generate("--prompt", "One", "--max-tokens", "5", "--temperature", "0", "--logprobs", "1");
        foreach (var entry in json.GetProperty("logprobs").EnumerateArray())
        {
            var first = entry.GetProperty("top")[0];
            Assert.Equal(first.GetProperty("token").GetInt32(), entry.GetProperty("token").GetInt32());
            Assert.Equal(first.GetProperty("logprob").GetDouble(), entry.GetProperty("logprob").GetDouble());
        }
    }

    [Fact]
    public void LogprobsAreLeftOutUnlessAskedFor() =>
        Assert.False(Generate("--prompt", "One", "--max-tokens", "2").TryGetProperty("logprobs", out _));

    [Fact]
    public void ABiasForcesATokenAndAnotherBansOne()
    {
        int[] Tokens(params string[] how) => [.. Generate(["--prompt", "One", "--max-tokens", "4", .. how])
            .GetProperty("tokens").EnumerateArray().Select(id => id.GetInt32())];

        Assert.Equal([66, 66, 66, 66], Tokens("--logit-bias", "65=1.5", "--logit-bias", "66=500"));
        var free = Tokens();
        Assert.DoesNotContain(free[0], Tokens("--logit-bias", $"{free[0]}=-inf"));
    }

    [Fact]
    public void ABiasForATokenOutsideTheVocabularyIsRefused() =>
        Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "x", "--logit-bias", "256=1")
            .IsRefused(1, "The logit bias names token 256, and the model's vocabulary goes from 0 to 255.");

    // The bias of 30 makes token 66 likeliest again and again, until a penalty takes more than that away.
    [Fact]
    public void PenaltiesEndARepetition()
    {
        int Repeats(params string[] how) => Generate(
            ["--prompt", "One", "--max-tokens", "12", "--temperature", "0", "--logit-bias", "66=30", .. how])
            .GetProperty("tokens").EnumerateArray().Count(id => id.GetInt32() == 66);

        Assert.Equal(12, Repeats());
        Assert.Equal(12, Repeats("--dry", "0"));
        Assert.InRange(Repeats("--dry", "50"), 1, 9);       // after three in a row a fourth would go on repeating two: at most 3 of each 4
        Assert.Equal(1, Repeats("--repetition-penalty", "1000"));
    }

    [Fact]
    public void FrequencyAndPresencePenaltyChangeTheText()
    {
        string Text(params string[] how) =>
            Generate(["--prompt", "One", "--max-tokens", "32", "--temperature", "0", .. how]).GetProperty("tokens").ToString();

        Assert.NotEqual(Text(), Text("--frequency-penalty", "2"));
        Assert.NotEqual(Text(), Text("--presence-penalty", "2"));
        Assert.Equal(Text(), Text("--presence-penalty", "0", "--frequency-penalty", "0"));
    }

    [Fact]
    public void TypicalSamples()
    {
        string Text(params string[] how) => Generate(["--prompt", "One", "--max-tokens", "16", .. how]).GetProperty("tokens").ToString();
        Assert.Equal(Text("--typical", "0.5", "--seed", "2"), Text("--typical", "0.5", "--seed", "2"));
        Assert.NotEqual(Text("--typical", "0.5", "--seed", "2"), Text("--typical", "0.5", "--seed", "3"));
    }

    [Fact]
    public void OneBeamWritesTheGreedyText()
    {
        var greedy = Generate("--prompt", "One", "--max-tokens", "16", "--temperature", "0");
        var beam = Generate("--prompt", "One", "--max-tokens", "16", "--beams", "1");
        Assert.Equal(greedy.GetProperty("tokens").ToString(), beam.GetProperty("tokens").ToString());
        Assert.Equal(greedy.GetProperty("text").GetString(), beam.GetProperty("text").GetString());
    }

    [Fact]
    public void BeamsEndAtAStopStringAndPrintTheirText()
    {
        string[] args = ["--prompt", "One", "--max-tokens", "24", "--beams", "3"];
        var whole = Generate(args).GetProperty("text").GetString()!;
        Assert.Equal(whole + "\n", Rabbit.Run(["generate", "--model", _model.Folder, "--device", "cpu", .. args]).Output);

        var stop = whole[2..4];
        var cut = Generate([.. args, "--stop", stop]);
        Assert.DoesNotContain(stop, cut.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("--logprobs")]
    [InlineData("--logit-bias")]
    [InlineData("--frequency-penalty")]
    [InlineData("--presence-penalty")]
    [InlineData("--dry")]
    [InlineData("--typical")]
    [InlineData("--beams")]
    public void HelpExplainsTheOptionAndShowsIt(string option)
    {
        var help = Rabbit.Run("generate", "--help").Output.Split("Examples:");
        Assert.Contains($"  {option} <", help[0]);
        Assert.Contains($" {option} ", help[1]);
    }

    [Fact]
    public void AFolderWithoutTokenizerTakesTokensAndHasNoText()
    {
        using var silent = new MadeModel(tokenizer: false);
        var outcome = Rabbit.Run("generate", "--model", silent.Folder, "--tokens", "1,2,3", "--max-tokens", "4", "--format", "json");
        Assert.Equal(0, outcome.ExitCode);
        var json = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(JsonValueKind.Null, json.GetProperty("text").ValueKind);
        Assert.Equal(4, json.GetProperty("tokens").GetArrayLength());
        Rabbit.Run("generate", "--model", silent.Folder, "--prompt", "x").IsRefused(1, "no tokenizer.json");
    }

    [Fact]
    public void AMissingModelIsRefused() =>
        Rabbit.Run("generate", "--model", "/nowhere/at/all", "--prompt", "x").IsRefused(1, "/nowhere/at/all");

    [Fact]
    public void ATruncatedCheckpointIsRefused()
    {
        using (var file = File.OpenWrite(_model.Weights)) file.SetLength(file.Length - 1000);
        Rabbit.Run("generate", "--model", _model.Folder, "--prompt", "x").IsRefused(1, "model.safetensors");
    }

    [Fact]
    public void APromptBeyondTheContextIsRefused() =>
        Rabbit.Run("generate", "--model", _model.Folder, "--prompt", new string('x', 65)).IsRefused(1, "65 tokens");

    [Fact]
    public void AChatNeedsATemplate() => Rabbit.Run("generate", "--model", _model.Folder, "--chat", "x").IsRefused(1, "chat template");

    [Fact]
    public void AnIdOutsideTheVocabularyIsRefused() =>
        Rabbit.Run("generate", "--model", _model.Folder, "--tokens", "1,256").IsRefused(1, "256");

    private JsonElement Generate(params string[] args)
    {
        var outcome = Rabbit.Run(["generate", "--model", _model.Folder, "--device", "cpu", "--format", "json", .. args]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JsonDocument.Parse(outcome.Output).RootElement;
    }
}
