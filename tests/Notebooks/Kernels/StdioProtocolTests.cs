using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>The kernel as seen by a program that speaks .NET Interactive's protocol.</summary>
public sealed class StdioProtocolTests
{
    private static string Command(string token, string type, JsonObject command) => new JsonObject
    {
        ["token"] = token, ["commandType"] = type, ["command"] = command, ["routingSlip"] = new JsonArray(),
    }.ToJsonString();

    private static string Submit(string token, string code) =>
        Command(token, "SubmitCode", new() { ["code"] = code, ["targetKernelName"] = "csharp" });

    private static string Ask(string token, string type, string code, int line, int character) => Command(token, type, new()
    {
        ["code"] = code, ["targetKernelName"] = "csharp", ["linePosition"] = new JsonObject { ["line"] = line, ["character"] = character },
    });

    [Fact]
    public async Task TheKernelIsReadyFirstAndNamesItsKernels()
    {
        using var kernel = RawKernel.Start();
        var ready = JsonNode.Parse(await kernel.ReadLineAsync())!;
        Assert.Equal("KernelReady", (string?)ready["eventType"]);
        var names = ready["event"]!["kernelInfos"]!.AsArray().Select(info => (string?)info!["localName"]);
        Assert.Superset(new HashSet<string?> { "csharp", "html", "javascript", "mermaid", "value" }, names.ToHashSet());
    }

    [Fact]
    public async Task ACellsValueComesBeforeItsEnd()
    {
        using var kernel = RawKernel.Start();
        await kernel.WriteLineAsync(Submit("t1", "6 * 7"));
        var value = await kernel.ReadEventAsync("t1", "ReturnValueProduced");
        Assert.Contains(value["event"]!["formattedValues"]!.AsArray(),
            one => (string?)one!["mimeType"] == "text/plain" && (string?)one["value"] == "42");
        Assert.Equal("CommandSucceeded", (string?)(await kernel.ReadEventAsync("t1"))["eventType"]);
    }

    [Theory]
    [InlineData("no json", null)]
    [InlineData("{", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    [InlineData("1e300", null)]
    [InlineData("{\"token\":\"odd\"}", "odd")]
    [InlineData("{\"token\":\"odd\",\"commandType\":\"Dance\",\"command\":{}}", "odd")]
    [InlineData("{\"token\":\"odd\",\"commandType\":1e300,\"command\":{}}", "odd")]
    [InlineData("{\"token\":\"odd\",\"commandType\":\"SubmitCode\",\"command\":{\"code\":\"\\ud83d\"}}", "odd")]
    [InlineData("{\"token\":\"\\ud83d\",\"commandType\":\"SubmitCode\",\"command\":{\"code\":\"1\"}}", null)]
    [InlineData("{\"token\":\"odd\",\"commandType\":\"SubmitCode\",\"command\":{\"code\":null}}", "odd")]
    [InlineData("{\"token\":\"odd\",\"commandType\":\"SubmitCode\",\"command\":{\"code\":\"1\"},\"routingSlip\":[1]}", "odd")]
    [InlineData("{\"token\":\"odd\",\"commandType\":\"RequestCompletions\",\"command\":{\"code\":\"x\"," +
        "\"linePosition\":{\"line\":1e300,\"character\":0}}}", "odd")]
    [InlineData("{\"eventType\":\"CommandSucceeded\",\"event\":{}}", null)]
    public async Task AMalformedCommandIsRefusedAndTheNextOneIsAnswered(string line, string? token)
    {
        using var kernel = RawKernel.Start();
        await kernel.WriteLineAsync(line);
        if (token is not null)
            Assert.Equal("CommandFailed", (string?)(await kernel.ReadEventAsync(token))["eventType"]);
        await kernel.WriteLineAsync(Submit("next", "1 + 1"));
        Assert.Equal("CommandSucceeded", (string?)(await kernel.ReadEventAsync("next"))["eventType"]);
    }

    [Fact]
    public async Task QuestionsAreAnsweredWhileACellRuns()
    {
        using var kernel = RawKernel.Start();
        await kernel.WriteLineAsync(Submit("cell", "var before = 1; Console.Write(1); while (true) await Task.Delay(10);"));
        await kernel.ReadEventAsync("cell", "StandardOutputValueProduced");
        await kernel.WriteLineAsync(Ask("q", "RequestCompletions", "#!time\nConsole.WriteL", 1, 14));
        var completions = await kernel.ReadEventAsync("q", "CompletionsProduced");
        Assert.Contains(completions["event"]!["completions"]!.AsArray(), one => (string?)one!["displayText"] == "WriteLine");
        await kernel.WriteLineAsync(Ask("r", "RequestHoverText", "Math.Max(1, 2)", 0, 6));
        Assert.Contains("int Math.Max(int val1, int val2)",
            (await kernel.ReadEventAsync("r", "HoverTextProduced")).ToJsonString(), StringComparison.Ordinal);
        await kernel.WriteLineAsync(Ask("s", "RequestDiagnostics", "int y = \"a\";", 0, 0));
        Assert.Contains("CS0029", (await kernel.ReadEventAsync("s", "DiagnosticsProduced")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACellThatReadsAsksTheFrontEnd()
    {
        using var kernel = RawKernel.Start("--asks");
        await kernel.WriteLineAsync(Submit("cell", "$\"Hello {Console.ReadLine()}\""));
        string? line;
        do
            line = await kernel.ReadLineAsync();
        while ((string?)JsonNode.Parse(line)!["commandType"] != "RequestInput");
        var answer = new JsonObject
        {
            ["eventType"] = "InputProduced",
            ["event"] = new JsonObject { ["value"] = "Ann" },
            ["command"] = JsonNode.Parse(line),
            ["routingSlip"] = new JsonArray(),
        };
        await kernel.WriteLineAsync(answer.ToJsonString());
        Assert.Contains("Hello Ann", (await kernel.ReadEventAsync("cell", "ReturnValueProduced")).ToJsonString(), StringComparison.Ordinal);
    }
}
