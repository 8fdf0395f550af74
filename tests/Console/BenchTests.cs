using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class BenchTests : IDisposable
{
    private readonly MadeModel _model = new(tokenizer: false);
    private readonly string _out = Path.Combine(Path.GetTempPath(), $"rabbit-bench-{Guid.NewGuid():N}.json");

    public void Dispose()
    {
        _model.Dispose();
        File.Delete(_out);
    }

    [Fact]
    public void RandomRequestsArePreemptedBothWaysAndHaveTheirOwnTokens()
    {
        using var json = Run("scheduler", "--requests", "120", "--seed", "3", "--out", _out);
        var result = json.RootElement;
        Assert.Equal(120, Number("finished") + Number("cancelled"));
        Assert.Equal((0, 0, 0), (Number("failed"), Number("mismatched"), Number("leaked_pages")));
        Assert.Equal(Number("finished"), Number("compared"));
        foreach (var name in new[] { "cancelled", "preempted_recompute", "preempted_swap", "adopted_tokens", "tokens_per_second" })
            Assert.True(result.GetProperty(name).GetDouble() > 0, name);

        Assert.Equal(result.GetRawText(), File.ReadAllText(_out).TrimEnd());
        Assert.StartsWith("./rabbit bench scheduler --requests 120 --seed 3", result.GetProperty("run").GetProperty("command").GetString());

        int Number(string name) => result.GetProperty(name).GetInt32();
    }

    [Fact]
    public void FewerRequestsMayBeComparedAndTheirNumberIsSaid()
    {
        using var json = Run("scheduler", "--requests", "20", "--compare", "5");
        Assert.Equal(5, json.RootElement.GetProperty("compared").GetInt32());
    }

    [Fact]
    public void EachBatchSizeHasARowBesideTheSingleStream()
    {
        using var json = Run("batching", "--batch", "1,3", "--prompt-tokens", "8", "--max-tokens", "6", "--repeat", "1");
        var result = json.RootElement;
        Assert.Equal((4, 0), (result.GetProperty("compared").GetInt32(), result.GetProperty("mismatched").GetInt32()));
        Assert.True(result.GetProperty("single_stream").GetProperty("tokens_per_second").GetDouble() > 0);
        Assert.Equal([1, 3], result.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("batch").GetInt32()));
        Assert.All(result.GetProperty("rows").EnumerateArray(), row => Assert.True(row.GetProperty("speedup").GetDouble() > 0));
    }

    [Fact]
    public void EachWayToAttendIsComparedWithFullAttention()
    {
        using var model = new MadeModel();
        var text = Path.Combine(model.Folder, "text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Range(0, 30).Select(i => $"{i} times {i} is {i * i}. ")));
        var outcome = Rabbit.Run("bench", "attention", "--model", model.Folder, "--file", text, "--lengths", "16,64", "--repeat", "1",
            "--format", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal([16, 64], rows.Select(row => row.GetProperty("length").GetInt32()).Distinct());
        Assert.All(Of("full").Concat(Of("tiled")), row => Assert.True(Number(row, "relative_error") < 1e-5));
        // Windows of 64 hide nothing from texts of 64; the tokens of 60 and 4 sinks neither.
        Assert.All(Of("local").Concat(Of("sinks + window")), row => Assert.True(Number(row, "relative_error") < 1e-5));
        Assert.True(Number(Of("strided")[1], "relative_error") > 1e-3);
        Assert.True(Number(Of("strided")[1], "scores_share") < 0.75);

        Assert.True(Math.Abs(Number(json.RootElement.GetProperty("losses")[1], "loss_added")) < 1e-3);
        Assert.Equal([2, 1], json.RootElement.GetProperty("heads").EnumerateArray().Select(row => row.GetProperty("kv_heads").GetInt32()));
        var latents = json.RootElement.GetProperty("latents").EnumerateArray().ToArray();
        Assert.True(Math.Abs(Number(latents[0], "loss_added")) < 1e-3);
        Assert.True(Number(latents[^1], "cache_bytes_per_token") < Number(latents[0], "cache_bytes_per_token"));

        JsonElement[] Of(string kind) => [.. rows.Where(row => row.GetProperty("kind").GetString() == kind)];
        static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
    }

    [Fact]
    public void ATextShorterThanTheLongestLengthIsRefused()
    {
        using var model = new MadeModel();
        var text = Path.Combine(model.Folder, "text.txt");
        File.WriteAllText(text, "Too short.");
        Rabbit.Run("bench", "attention", "--model", model.Folder, "--file", text, "--lengths", "32").IsRefused(1,
            "The text has 10 tokens, and the longest length is 32. Give a longer text with --file, or lower --lengths.");
    }

    [Fact]
    public void SpeculationIsSetBesideItsFormula()
    {
        using var json = RunOnAlice("speculation", "--guesses", "1,3", "--max-tokens", "12", "--repeat", "1");
        var texts = json.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(["chat", "tools", "prose"], texts.Select(text => text.GetProperty("text").GetString()));
        Assert.All(texts, text => Assert.True(text.GetProperty("same_tokens").GetBoolean()));
        var rows = texts[^1].GetProperty("settings").EnumerateArray().ToArray();
        Assert.Equal(["draft", "draft", "prompt look-up", "prompt look-up"], rows.Select(row => row.GetProperty("kind").GetString()));
        // With one guess, a forward gives itself and the guess where that is right.
        var first = rows[0];
        Assert.Equal(1 + first.GetProperty("chance").GetDouble(), first.GetProperty("expected_tokens_per_verify").GetDouble(), 2e-3);
        Assert.True(first.GetProperty("speedup").GetDouble() > 0);
    }

    [Fact]
    public void EveryCacheHasARowAndTheExactOnesAddNoLoss()
    {
        using var json = RunOnAlice("caches", "--tokens", "64");
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        foreach (var exact in new[] { "contiguous", "paged, 16", "paged, 64", "offloaded" })
            Assert.Equal(0, rows[exact].GetProperty("added_loss").GetDouble(), 1e-4);
        Assert.True(rows["int4"].GetProperty("used_bytes").GetInt64() < rows["int8"].GetProperty("used_bytes").GetInt64());
        Assert.True(rows["offloaded"].GetProperty("offloaded").GetProperty("bytes_moved").GetInt64() > 0);
    }

    [Fact]
    public void EveryKindOfGrammarIsMeasuredBesideAModelsStep()
    {
        var outcome = Rabbit.Run(
            "bench", "constraints", "--small", "--vocabulary", "2000", "--texts", "2", "--max-tokens", "30", "--format", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(2000, json.RootElement.GetProperty("vocabulary").GetInt32());
        Assert.True(json.RootElement.GetProperty("steps")[0].GetProperty("step_ms").GetDouble() > 0);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(["JSON schema", "regular expression", "GBNF"], rows.Select(row => row.GetProperty("grammar").GetString()));
        Assert.All(rows, row => Assert.InRange(row.GetProperty("steps_measured").GetInt32(), 2, 60));
        Assert.All(rows, row => Assert.True(row.GetProperty("share_of_step").GetProperty("tiny").GetDouble() > 0));
    }

    private static JsonDocument RunOnAlice(string what, params string[] more)
    {
        var text = Path.Combine(Path.GetTempPath(), $"rabbit-bench-{Guid.NewGuid():N}.txt");
        File.WriteAllText(text, string.Join('\n', Enumerable.Range(0, 60).Select(i => $"The cat of house {i} is in the garden.")));
        var outcome = Rabbit.Run(["bench", what, "--file", text, .. more, "--format", "json"]);
        File.Delete(text);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JsonDocument.Parse(outcome.Output);
    }

    [Fact]
    public void TheResultIsATableForPeople()
    {
        var outcome = Rabbit.Run(
            "bench", "batching", "--model", _model.Folder, "--batch", "2", "--prompt-tokens", "4", "--max-tokens", "4", "--repeat", "1");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("of each text", outcome.Output);
        Assert.Contains("0 of 2 texts have other tokens than alone.", outcome.Output);
    }

    [Theory]
    [InlineData("Say what to measure: ./rabbit bench scheduler, or ./rabbit bench batching, or ")]
    [InlineData("--lengths holds '1'; write numbers from 2 to 1048576 as 128,256,512.", "attention", "--lengths", "1,8")]
    [InlineData("--batch holds '0'; write numbers from 1 to 1024 as 1,4,16.", "batching", "--batch", "2,0")]
    [InlineData("--requests is '1'; it must be from 2 to 1000000.", "scheduler", "--requests", "1")]
    public void WhatCannotBeMeasuredIsRefused(string because, params string[] args) => Rabbit.Run(["bench", .. args]).IsRefused(2, because);

    [Fact]
    public void TextsLongerThanTheContextAreRefused() => Rabbit.Run("bench", "batching", "--model", _model.Folder).IsRefused(1,
        "The model's context holds 64 tokens, and a prompt of 32 with 64 new ones takes 96. Lower --prompt-tokens or --max-tokens.");

    private JsonDocument Run(params string[] args)
    {
        var outcome = Rabbit.Run(["bench", .. args, "--model", _model.Folder, "--format", "json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return JsonDocument.Parse(outcome.Output);
    }
}
