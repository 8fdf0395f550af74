namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The mime types that displays are written in.</summary>
internal static class MimeTypes
{
    public const string Html = "text/html";
    public const string Text = "text/plain";
    public const string Svg = "image/svg+xml";
    public const string Plotly = "application/vnd.plotly.v1+json";
}
