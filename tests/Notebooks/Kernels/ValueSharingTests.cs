using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class ValueSharingTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    [Fact]
    public async Task AValueGoesToCSharp()
    {
        await kernel.Run("#!value --name greeting\nhello there");
        await kernel.Run("#!share --from value greeting");
        Assert.Equal("hello there", (await kernel.Text("greeting"))!.TrimEnd());
        await kernel.Run("#!set --name again --value @value:greeting");
        Assert.Equal("hello there", (await kernel.Text("again"))!.TrimEnd());
    }

    [Fact]
    public async Task JsonGoesToCSharpAsADocument()
    {
        await kernel.Run("#!value --name json --mime-type application/json\n{\"a\": [1, 2]}");
        await kernel.Run("#!share --from value json");
        Assert.Equal("2", await kernel.Text("json.RootElement.GetProperty(\"a\").GetArrayLength()"));
    }

    [Theory]
    [InlineData("html", "<script>document.write(losses.length)</script>")]
    [InlineData("javascript", "alert(losses.length)")]
    public async Task AVariableGoesToThePage(string language, string code)
    {
        await kernel.Run("var losses = new[] { 2.5, 1.5 }; var unused = \"</script>\";");
        var shown = await kernel.Shown($"#!{language}\n#!share --from csharp losses\n#!share --from csharp unused\n{code}");
        Assert.Contains("var losses = [2.5,1.5];", shown[MimeBundle.Html], StringComparison.Ordinal);
        Assert.DoesNotContain("unused", shown[MimeBundle.Html], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATextCannotEndTheScriptThatCarriesIt()
    {
        await kernel.Run("var mark = \"</script>\";");
        var shown = await kernel.Shown("#!html\n#!share --from csharp mark\n<i id=\"mark\"></i>");
        Assert.Single(shown[MimeBundle.Html]!.Split("</script>").Skip(1));
    }

    [Fact]
    public async Task AnObjectIsSharedAsItIs()
    {
        await kernel.Run("var list = new List<int> { 1 };");
        await kernel.Run("#!set --name same --value @csharp:list --byref");
        Assert.Equal("[1]", await kernel.Text("list"));
    }

    [Fact]
    public async Task AMissingVariableIsReported()
    {
        var outputs = await kernel.Run("#!html\n#!share --from csharp nowhere\n<i>x</i>");
        Assert.Contains("There is no variable 'nowhere'", string.Join('\n', outputs), StringComparison.Ordinal);
    }
}
