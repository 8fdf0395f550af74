using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Values are shown by .NET Interactive's formatters.</summary>
public sealed class FormatterTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    [Fact]
    public async Task ARegisteredFormatterIsUsed()
    {
        const string code = """
            using Microsoft.DotNet.Interactive.Formatting;
            Formatter.Register<Uri>((u, w) => w.Write("formatted " + u.Host), "text/plain");
            Formatter.SetPreferredMimeTypesFor(typeof(Uri), "text/plain");
            new Uri("http://rabbit.example/")
            """;
        var shown = await kernel.Shown(code);
        Assert.Equal([MimeBundle.PlainText], shown.MimeTypes);
        Assert.Equal("formatted rabbit.example", shown[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task ATypeOfACellCanBeFormatted()
    {
        await kernel.Run("using Microsoft.DotNet.Interactive.Formatting;\nrecord P(int X); " +
            "Formatter.Register<P>(p => $\"<b>{p.X}</b>\", \"text/html\");");
        var shown = await kernel.Shown("new P(3)");
        Assert.Equal("<b>3</b>", shown[MimeBundle.Html]);
        Assert.Equal("P { X = 3 }", shown[MimeBundle.PlainText]);
    }

    [Fact]
    public async Task MarkupOfThePackageIsShownAsMarkup() =>
        Assert.Equal("<b>one</b>",
            (await kernel.Shown("using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\nb(\"one\")"))[MimeBundle.Html]);

    [Fact]
    public async Task ADisplayOfAnEarlierCellIsUpdated()
    {
        var shown = Assert.IsType<DisplayOutput>(Assert.Single(await kernel.Run("var late = display(\"before\");")));
        var update = Assert.IsType<DisplayOutput>(Assert.Single(await kernel.Run("late.Update(\"after\");")));
        Assert.Equal((true, shown.DisplayId, "after"), (update.IsUpdate, update.DisplayId, update.Data[MimeBundle.PlainText]));
        await kernel.Run("Microsoft.DotNet.Interactive.Formatting.DisplayedValue theirs = late;");
        Assert.Equal(shown.DisplayId, Assert.IsType<DisplayOutput>(Assert.Single(await kernel.Run("theirs.Update(1);"))).DisplayId);
    }

    [Fact]
    public async Task TextAndThePackagesOwnDisplaysKeepTheirOrder()
    {
        const string code = "using Microsoft.DotNet.Interactive;\nConsole.Write(1); " +
            "KernelInvocationContext.Current.DisplayAs(\"2\", \"text/plain\"); Console.Write(3); display(4);";
        Assert.Equal(["StreamOutput", "DisplayOutput", "StreamOutput", "DisplayOutput"],
            (await kernel.Run(code)).Select(output => output.GetType().Name));
    }

    [Fact]
    public async Task ManySmallWritesAreOneOutput() =>
        Assert.InRange((await kernel.Run("for (var i = 0; i < 300; i++) Console.Write(\".\");")).Count, 1, 3);
}
