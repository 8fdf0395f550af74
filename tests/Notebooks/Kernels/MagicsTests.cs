using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class MagicsTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    [Fact]
    public async Task TimeSaysHowLongTheCellTook()
    {
        var outputs = await kernel.Run("#!time\n6 * 7");
        Assert.Equal("42", Assert.Single(outputs.OfType<ResultOutput>()).Data[MimeBundle.PlainText]);
        Assert.Matches(@"^Wall time: [\d.]+ m?s\n$", Assert.Single(outputs.OfType<StreamOutput>()).Text);
    }

    [Fact]
    public async Task WhoNamesTheVariables()
    {
        await kernel.Run("var one = 1; int two = 2; void F() { } class C { }");
        Assert.Contains("one  two", Assert.IsType<StreamOutput>(Assert.Single(await kernel.Run("#!who"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhosListsTypesAndValuesOfTheNewest()
    {
        await kernel.Run("var listed = 1;");
        await kernel.Run("var listed = \"text\"; List<int> numbers = [1, 2];");
        var lines = (await kernel.Text("#!whos"))!.Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        Assert.Contains("listed string text", lines);
        Assert.Contains(lines, line => line.StartsWith("numbers List<int> ", StringComparison.Ordinal));
        Assert.DoesNotContain("listed int 1", lines);
    }

    [Fact]
    public async Task AValueThatCannotBeWrittenAsJsonIsListed()
    {
        await kernel.Run("class Loud { public int A => throw new Exception(\"loud\"); " +
            "public override string ToString() => \"a loud one\"; } var loud = new Loud();");
        Assert.Contains("a loud one", await kernel.Text("#!whos"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamingTheLanguageChangesNothing() => Assert.Equal("2", await kernel.Text("#!csharp\n1 + 1"));

    [Fact]
    public async Task AnUnknownLanguageIsRefusedWithTheKnownNames()
    {
        var error = await kernel.Error("#!fsharp\nlet x = 1");
        Assert.Contains("'#!fsharp'", error.Value, StringComparison.Ordinal);
        Assert.Contains("The kernels here are csharp, html, javascript, markdown, mermaid, value", error.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!html\n<i>slanted</i>", MimeBundle.Html, "<i>slanted</i>")]
    [InlineData("#!javascript\nalert(1)", MimeBundle.Html, "<script type=\"text/javascript\">alert(1)</script>")]
    [InlineData("#!mermaid\nflowchart LR\n  a --> b", "text/vnd.mermaid", "flowchart LR\n  a --> b")]
    [InlineData("#!markdown\n**bold**", "text/markdown", "**bold**")]
    public async Task ACellCanChangeItsLanguage(string code, string mimeType, string shown) =>
        Assert.Equal(shown, (await kernel.Shown(code))[mimeType]!.TrimEnd());

    [Theory]
    [InlineData("html", MimeBundle.Html)]
    [InlineData("javascript", MimeBundle.Html)]
    [InlineData("mermaid", "text/vnd.mermaid")]
    public async Task ACellCanBeSentToALanguage(string language, string mimeType) =>
        Assert.Contains("text", (await kernel.Shown("text", language))[mimeType], StringComparison.Ordinal);

    [Fact]
    public async Task ALineInsideAStringIsNotACommand()
    {
        Assert.Equal("#!time\n#!fsharp\n#r \"nuget: x\"", await kernel.Text("\"\"\"\n#!time\n#!fsharp\n#r \"nuget: x\"\n\"\"\""));
        Assert.Equal("a\n#!html", await kernel.Text("@\"a\n#!html\""));
        Assert.Equal("3", await kernel.Text("/*\n#!html\n*/ 1 + 2"));
    }

    [Fact]
    public async Task ACommandDoesNotShiftTheLineNumbersOfErrors() =>
        Assert.Equal("(2,9): error CS0103: The name 'y' does not exist in the current context",
            (await kernel.Error("#!csharp\nvar x = y;")).Value);

    [Fact]
    public async Task LsmagicAndAboutShowTables()
    {
        Assert.Contains("#!share", await kernel.Text("#!lsmagic"), StringComparison.Ordinal);
        Assert.Contains(".NET Interactive", await kernel.Text("#!about"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportRunsAFile()
    {
        await File.WriteAllTextAsync(Path.Combine(kernel.Folder, "part.dib"),
            "#!csharp\nvar imported = 11;\n\n#!html\n<u>from a file</u>\n", TestContext.Current.CancellationToken);
        Assert.Contains("<u>from a file</u>", (await kernel.Shown("#!import part.dib"))[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Equal("11", await kernel.Text("imported"));
    }
}
