using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Plotly.NET.Interactive;

namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Formats charts of Plotly.NET: as Plotly's JSON for pages that can draw it, and as a picture and text for others.</summary>
/// <remarks>They replace the formats of Plotly.NET.Interactive, which load plotly.js from the internet.</remarks>
internal static class ChartFormats
{
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Loads Plotly.NET.Interactive and puts these formats in place, once in a process.</summary>
    public static Task Install() => Installed.Value;

    /// <summary>Warms up in the background, so that the reader's first chart is fast.</summary>
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
