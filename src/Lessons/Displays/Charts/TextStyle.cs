namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>The point of a text that its position refers to.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>The style of a text in a picture.</summary>
internal sealed record TextStyle
{
    public const double TickSize = 11;
    public const double LabelSize = 12;
    public const double TitleSize = 15;

    public static readonly TextStyle Title = new() { Size = TitleSize, Bold = true };
    public static readonly TextStyle Label = new() { Size = LabelSize };
    public static readonly TextStyle Tick = new() { Size = TickSize, Opacity = 0.85 };

    public double Size { get; init; } = LabelSize;

    public Anchor Anchor { get; init; }

    public bool Bold { get; init; }

    public bool Mono { get; init; }

    public string Colour { get; init; } = Canvas.Ink;

    public double Opacity { get; init; } = 1;

    /// <summary>Clockwise, in degrees, about the text's position.</summary>
    public double Turn { get; init; }

    public string? Hover { get; init; }
}
