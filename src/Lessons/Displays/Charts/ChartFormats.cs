using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Plotly.NET.Interactive;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>How a chart of Plotly.NET is shown: as Plotly's JSON where a page draws it, as a picture and as text where none does.</summary>
/// <remarks>The formats that Plotly.NET.Interactive brings along load plotly.js from the internet; these take their place.</remarks>
internal static class ChartFormats
{
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Loads Plotly.NET.Interactive and puts these formats in place, once in a process.</summary>
    public static Task Install() => Installed.Value;

    /// <summary>Makes the reader's first chart quick, behind everything else.</summary>
    public static void WarmUp() =>
        new Thread(FigureFormatterSource.WarmUp)
        {
            IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "charts",
        }.Start();

    private static async Task InstallAsync()
    {
        await ((IKernelExtension)new FormatterKernelExtension()).OnLoadAsync(null!);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(GenericChart.toFigureJson(chart)), MimeTypes.Plotly);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(ChartReader.PictureOf(chart).ToSvg()), MimeTypes.Svg);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(ChartReader.PictureOf(chart).ToHtml()), MimeTypes.Html);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(ChartReader.PictureOf(chart).ToText()), MimeTypes.Text);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), MimeTypes.Svg, MimeTypes.Plotly, MimeTypes.Text);
    }
}
