using System.Reflection;
using System.Xml.Linq;
using LlmRabbitHoles.Lessons.Displays;

namespace LlmRabbitHoles.Lessons.Tests;

/// <summary>Finds formatters as a kernel does: only by name.</summary>
public class FormatterConventionTests
{
    private static readonly Figure Chart = Figure.Line("Squares", [1, 2, 3], [1, 4, 9]);

    [Fact]
    public void AFigureIsStoredAsSvgPlotlyAndPlainText() =>
        Assert.Equal(["image/svg+xml", "application/vnd.plotly.v1+json", "text/plain"], Preferred(Chart));

    [Fact]
    public void OtherDisplaysAreStoredAsHtmlAndPlainText() => Assert.Equal(["text/html", "text/plain"], Preferred(new Table("a").Row(1)));

    [Fact]
    public void AFigureCanBeWrittenInFourMimeTypes() =>
        Assert.Equal(["image/svg+xml", "text/html", "text/plain", "application/vnd.plotly.v1+json"], Formatters(Chart).Select(Mime));

    [Fact]
    public void EveryPreferredMimeTypeHasAFormatterThatWrites()
    {
        foreach (object display in new object[] { Chart, new Table("a").Row(1), TokenStrip.Of(["a"], [1]) })
        {
            foreach (var mime in Preferred(display))
                Assert.NotEmpty(Write(Formatters(display).Single(formatter => Mime(formatter) == mime), display)!);
        }
    }

    [Fact]
    public void AFormatterRefusesWhatItCannotWrite() =>
        Assert.All(Formatters(Chart), formatter => Assert.Null(Write(formatter, "not a display")));

    [Fact]
    public void AFormatterNamesATypeThatTheDisplayIs() =>
        Assert.All(Formatters(Chart), formatter => Assert.IsAssignableFrom((Type)Property(formatter, "Type"), Chart));

    [Fact]
    public void TheSvgIsADocumentAndTheHtmlIsWellFormed()
    {
        Assert.Equal("svg", XDocument.Parse(Chart.ToSvg()).Root!.Name.LocalName);
        Assert.Equal("svg", XDocument.Parse(Chart.ToHtml()).Root!.Name.LocalName);
    }

    [Fact]
    public void AStringOfADisplayIsItsPlainText() => Assert.Equal(Chart.ToText(), Chart.ToString());

    private static object Attribute(object display) =>
        display.GetType().GetCustomAttributes(true).Single(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");

    private static string[] Preferred(object display) => (string[])Property(Attribute(display), "PreferredMimeTypes");

    private static List<object> Formatters(object display)
    {
        var source = Activator.CreateInstance((Type)Property(Attribute(display), "FormatterSourceType"))!;
        var create = source.GetType().GetMethod("CreateTypeFormatters", BindingFlags.Public | BindingFlags.Instance)!;
        return [.. (IEnumerable<object>)create.Invoke(source, null)!];
    }

    private static string Mime(object formatter) => (string)Property(formatter, "MimeType");

    private static string? Write(object formatter, object value)
    {
        var writer = new StringWriter();
        var done = (bool)formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(formatter, [value, writer])!;
        return done ? writer.ToString() : null;
    }

    private static object Property(object instance, string name) => instance.GetType().GetProperty(name)!.GetValue(instance)!;
}
