using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class EvalTests : IDisposable
{
    private readonly MadeModel _model = new(context: 512, chat: true);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void JsonHasTheContractsFieldsAndTheSameSeedGivesTheSameFigures()
    {
        string[] args = ["eval", "--model", _model.Folder, "--device", "cpu", "--ability", "facts", "thinking", "--cases", "3", "--seed",
            "5", "--format", "json"];
        var first = Rabbit.Run(args);
        Assert.True(first.ExitCode == 0, first.Error);
        var json = JsonDocument.Parse(first.Output).RootElement;
        Assert.Equal(Path.GetFileName(_model.Folder), json.GetProperty("model").GetString());
        Assert.Equal(5, json.GetProperty("seed").GetInt32());
        Assert.Equal(["facts", "thinking"], json.GetProperty("abilities").EnumerateObject().Select(ability => ability.Name));
        var thinking = json.GetProperty("abilities").GetProperty("thinking");
        Assert.Equal(3, thinking.GetProperty("cases").GetInt32());
        Assert.Equal(0, thinking.GetProperty("score").GetDouble());
        Assert.Equal(0, thinking.GetProperty("baseline").GetDouble());
        Assert.Equal("answered at once", thinking.GetProperty("baseline_name").GetString());
        Assert.Equal(2, thinking.GetProperty("interval").GetArrayLength());
        Assert.Equal(2, thinking.GetProperty("baseline_interval").GetArrayLength());
        var natural = thinking.GetProperty("natural");
        Assert.Equal(3, natural.GetProperty("cases").GetInt32());
        Assert.Equal(0, natural.GetProperty("score").GetDouble());
        Assert.Equal(2, natural.GetProperty("interval").GetArrayLength());
        Assert.NotEmpty(natural.GetProperty("topics").EnumerateObject());
        Assert.False(natural.TryGetProperty("natural", out _));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("abilities").GetProperty("facts").GetProperty("baseline").ValueKind);
        Assert.Equal(first.Output, Rabbit.Run(args).Output);
    }

    [Fact]
    public void WhatOnlyTheExamAsksHasTheSameFiguresTwice()
    {
        var outcome = Rabbit.Run(
            "eval", "--model", _model.Folder, "--device", "cpu", "--ability", "newSchemas", "smallTalk", "--cases", "2", "--format",
            "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("newSchemas: 0.000 in 2 natural cases", outcome.Error);
        foreach (var ability in JsonDocument.Parse(outcome.Output).RootElement.GetProperty("abilities").EnumerateObject())
        {
            Assert.Equal(2, ability.Value.GetProperty("cases").GetInt32());
            var natural = ability.Value.GetProperty("natural");
            Assert.Equal(2, natural.GetProperty("cases").GetInt32());
            Assert.Equal(ability.Value.GetProperty("score").GetDouble(), natural.GetProperty("score").GetDouble());
        }
    }

    [Fact]
    public void FailuresShowWhatWasAskedAndAnswered()
    {
        var file = Path.Combine(_model.Folder, "evaluation.json");
        var outcome = Rabbit.Run(
            "eval", "--model", _model.Folder, "--device", "cpu", "--ability", "facts", "--cases", "2", "--failures", "--out", file);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("0.0 %", outcome.Output);
        Assert.Contains("facts, natural, failure 1 of 2", outcome.Output);
        Assert.Contains("facts, failure 1 of 2", outcome.Output);
        Assert.Matches("ability +cases +natural +95 % +cases +trained words", outcome.Output);
        Assert.Contains("user: ", outcome.Output);
        Assert.Contains("wanted: ", outcome.Output);
        Assert.Equal(2, JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("abilities")
            .GetProperty("facts").GetProperty("cases").GetInt32());
        Assert.False(File.Exists(file + ".partial"));
    }

    [Fact]
    public void AModelThatCannotChatIsRefused()
    {
        using var mute = new MadeModel();
        Rabbit.Run("eval", "--model", mute.Folder).IsRefused(1, "chat template");
    }
}
