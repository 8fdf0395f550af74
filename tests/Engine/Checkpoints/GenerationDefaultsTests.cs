using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class GenerationDefaultsTests
{
    [Fact]
    public void Llama32InstructIsRead()
    {
        var defaults = Read(
            """{"bos_token_id": 128000, "do_sample": true, "eos_token_id": [128001, 128008, 128009],""" +
            """ "temperature": 0.6, "top_p": 0.9, "transformers_version": "4.45.0"}""");
        Assert.Equal([128001, 128008, 128009], defaults.EosTokenIds);
        Assert.Equal(
            (128000, true, 0.6, 0.9), (defaults.BosTokenId!.Value, defaults.DoSample, defaults.Temperature!.Value, defaults.TopP!.Value));
        Assert.Null(defaults.TopK);
        Assert.Null(defaults.PadTokenId);
    }

    [Fact]
    public void DefaultsHaveNoTokensAndNoSettings()
    {
        var defaults = Read("{}");
        Assert.Empty(defaults.EosTokenIds);
        Assert.Equal((null, null, null, null, null, false),
            (defaults.BosTokenId, defaults.Temperature, defaults.TopK, defaults.TopP, defaults.MaxNewTokens, defaults.DoSample));
    }

    [Fact]
    public void OneEndTokenMayStandAlone() => Assert.Equal([2], Read("""{"eos_token_id": 2}""").EosTokenIds);

    [Fact]
    public void ARepeatedEndTokenCountsOnce() => Assert.Equal([2, 3], Read("""{"eos_token_id": [2, 3, 2]}""").EosTokenIds);

    [Fact]
    public void MinusOneMeansNoToken() => Assert.Null(Read("""{"pad_token_id": -1}""").PadTokenId);

    [Fact]
    public void TopKOfZeroKeepsAll() => Assert.Null(Read("""{"top_k": 0}""").TopK);

    [Fact]
    public void MissingTokensComeFromTheOtherFile()
    {
        var defaults = Read("""{"eos_token_id": 5}""").Or(new() { EosTokenIds = [2, 5], BosTokenId = 1 });
        Assert.Equal([5, 2], defaults.EosTokenIds);
        Assert.Equal(1, defaults.BosTokenId);
    }

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        GenerationDefaults written = new()
        {
            EosTokenIds = [5, 0],
            BosTokenId = 0,
            PadTokenId = 3,
            DoSample = true,
            Temperature = 0.7,
            TopK = 40,
            TopP = 0.95,
            MinP = 0.05,
            TypicalP = 0.9,
            RepetitionPenalty = 1.1,
            MaxNewTokens = 64,
        };
        var read = Read(written.Write());
        Assert.Equal(written.EosTokenIds, read.EosTokenIds);
        Assert.Equal(written with { EosTokenIds = read.EosTokenIds }, read);
    }

    [Theory]
    [InlineData(
        """{"eos_token_id": "</s>"}""",
        "eos_token_id in 'generation_config.json' is \"</s>\"; it must be a token id or a list of token ids")]
    [InlineData("""{"eos_token_id": [1, 2.5]}""", "eos_token_id in 'generation_config.json' is [1, 2.5]")]
    [InlineData("""{"temperature": "hot"}""", "temperature in 'generation_config.json' is \"hot\"; it must be a number")]
    [InlineData("""{"top_k": 2.5}""", "top_k in 'generation_config.json' is 2.5")]
    [InlineData("""{"max_new_tokens": 1.5}""", "max_new_tokens in 'generation_config.json' is 1.5")]
    [InlineData("""{"temperature": 1e999}""", "the number is too large")]
    [InlineData("""{"do_sample": "yes"}""", "do_sample in 'generation_config.json' is \"yes\"; it must be true or false")]
    public void ImpossibleValuesAreRefused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => Read(json)).Message);

    // A model that is only scored or converted must load, whatever its sampling says.
    [Theory]
    [InlineData(
        """{"do_sample": true, "top_p": 0}""",
        "top_p in the model's generation_config.json is 0; sampling needs more than 0 and at most 1")]
    [InlineData("""{"do_sample": true, "top_p": 1.5}""", "top_p in the model's generation_config.json is 1.5")]
    [InlineData("""{"do_sample": true, "top_k": -1}""", "top_k in the model's generation_config.json is -1; sampling needs 1 or more")]
    [InlineData("""{"do_sample": true, "min_p": 1.5}""", "min_p in the model's generation_config.json is 1.5; sampling needs from 0 to 1")]
    [InlineData(
        """{"do_sample": true, "typical_p": 0}""",
        "typical_p in the model's generation_config.json is 0; sampling needs more than 0 and at most 1")]
    [InlineData("""{"do_sample": true, "temperature": -1}""", "temperature in the model's generation_config.json is -1")]
    [InlineData(
        """{"repetition_penalty": 0}""",
        "repetition_penalty in the model's generation_config.json is 0; sampling needs from 0.001 to 1000")]
    public void ImpossibleSamplingIsRefusedWhereSomethingSamples(string json, string message)
    {
        var read = Read(json);
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => read.Sampled()).Message);
    }

    [Theory]
    [InlineData("""{"top_p": 0, "top_k": -3, "temperature": -1, "min_p": 2, "typical_p": 0}""")]
    [InlineData("""{"do_sample": true, "temperature": 0, "top_p": 0}""")]
    public void GreedyDecodingDoesNotMindSettingsThatItDoesNotUse(string json) => Assert.Equal(0, Read(json).Sampled().Temperature);

    [Fact]
    public void TheFileFillsInWhatTheCallerLeavesOut()
    {
        var defaults = Read("""{"do_sample": true, "min_p": 0.05, "typical_p": 0.9, "repetition_penalty": 1.1, "top_k": 40}""");
        Assert.Equal(
            new SamplingOptions { MinP = 0.05, TypicalP = 0.9, RepetitionPenalty = 1.1, TopK = 40, Temperature = 1 },
            defaults.Complete(new()));
        Assert.Equal(
            new SamplingOptions { MinP = 0.2, TypicalP = 0.9, RepetitionPenalty = 1.1, TopK = 40, Temperature = 0.5 },
            defaults.Complete(new() { MinP = 0.2, Temperature = 0.5 }));
        Assert.Equal(0.5, defaults.Complete(new() { TypicalP = 0.5 }).TypicalP);
    }

    [Fact]
    public void TheCallersBiasAndPenaltiesRemain()
    {
        var said = new SamplingOptions
        {
            LogitBias = new Dictionary<int, double> { [1] = 2 },
            FrequencyPenalty = 1,
            PresencePenalty = -1,
            Dry = new(),
            Seed = 9,
        };
        Assert.Equal(said with { Temperature = 0, RepetitionPenalty = 1 }, GenerationDefaults.None.Complete(said));
    }

    [Fact]
    public void TypicalAsksForSampling() => Assert.Equal(
        new SamplingOptions { TypicalP = 0.9, Temperature = 1, RepetitionPenalty = 1 },
        GenerationDefaults.None.Complete(new() { TypicalP = 0.9 }));

    [Fact]
    public void ACallersSettingReplacesAnImpossibleOneOfTheFile() =>
        Assert.Equal(0.1, Read("""{"do_sample": true, "min_p": 7}""").Complete(new() { MinP = 0.1 }).MinP);

    private static GenerationDefaults Read(string json) =>
        GenerationDefaults.Read(JsonSection.Parse("generation_config.json", System.Text.Encoding.UTF8.GetBytes(json)));
}
