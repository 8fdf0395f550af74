using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

public sealed class GrammarTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rabbit-grammar-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnExpressionAGrammarAndASchemaAreKept()
    {
        Assert.Matches(@"^(yes|no)\n$", Generate("--regex", "yes|no").Output);
        Assert.Matches(@"^(yes|no)\n$", Generate("--grammar", Write("y.gbnf", "root ::= (\"yes\" | \"no\")\n")).Output);
        var schema = Write("s.json", """{"properties": {"a": {"type": "integer"}}, "required": ["a"]}""");
        using var json = JsonDocument.Parse(Generate("--json-schema", schema).Output);
        Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty("a").ValueKind);
    }

    [Fact]
    public void ATextThatIsCutSaysSo()
    {
        Assert.Contains("cut before it fits the grammar", Generate("--regex", "a{50}", "--max-tokens", "2").Error);
        using var json = JsonDocument.Parse(Generate("--regex", "a{50}", "--max-tokens", "2", "--format", "json").Output);
        Assert.False(json.RootElement.GetProperty("fits_grammar").GetBoolean());
    }

    [Fact]
    public void WhatCannotBeKeptIsRefused()
    {
        Generate("--grammar", Write("x.gbnf", "hello\n[\n")).IsRefused(1, "line 1, column 6: '::=' must follow the rule name 'hello'");
        Generate("--grammar", Path.Combine(_folder, "none"))
            .IsRefused(1, "none' does not exist. Check the path, or name another text file.");
        File.WriteAllBytes(Path.Combine(_folder, "l1.gbnf"), [.. "root ::= \""u8, 0xE9, .. "\""u8]);
        Generate("--grammar", Path.Combine(_folder, "l1.gbnf")).IsRefused(1, "is not UTF-8 text: byte 10 cannot be read");
        Generate("--json-schema", Write("u.json", """{"not": {}}""")).IsRefused(1, "#/not cannot be kept by a grammar");
        Generate("--regex", "a", "--json-schema", "b").IsRefused(2, "--json-schema, --grammar and --regex exclude each other.");
        Generate("--regex", "a", "--beams", "2").IsRefused(2, "--beams and --regex exclude each other.");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static Outcome Generate(params string[] options)
    {
        var alice = Path.Combine(Rabbit.Root, "data", "models", "alice");
        return Rabbit.Run(["generate", "--model", alice, "--prompt", "Is it so? ", .. options]);
    }
}
