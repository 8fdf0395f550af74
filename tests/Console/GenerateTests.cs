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
