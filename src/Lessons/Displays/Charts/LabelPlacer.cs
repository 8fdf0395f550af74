namespace LlmRabbitHoles.Lessons.Displays.Charts;

/// <summary>Finds room for labels beside points, so that none covers another, a point or the edge.</summary>
/// <param name="left">Edges of the room, in pixels.</param>
/// <param name="top">See left.</param>
/// <param name="right">See left.</param>
/// <param name="bottom">See left.</param>
internal sealed class LabelPlacer(double left, double top, double right, double bottom)
{
    private static readonly double[] Distances = [5, 12, 22, 34];
    private static readonly double[] Angles = [0, 180, -45, 45, -135, 135, -90, 90, -20, 20, 160, -160];

    private readonly List<(double X, double Y, double W, double H)> _taken = [];
    private readonly List<(double X, double Y)> _points = [];

    /// <summary>Keeps the room around a point free of labels, and labels of other points from seeming its own.</summary>
    public void OccupyPoint(double x, double y, double reach)
    {
        _points.Add((x, y));
        Occupy(x, y, reach);
    }

    /// <summary>Keeps the neighbourhood of a line free of labels.</summary>
    public void OccupyLine(double x1, double y1, double x2, double y2)
    {
        var steps = Math.Max(1, (int)(Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1))) / 6));
        for (var i = 0; i <= steps; i++)
            Occupy(x1 + ((x2 - x1) * i / steps), y1 + ((y2 - y1) * i / steps), 2);
    }

    /// <summary>Writes the label near the point; without room, only the hover text shows it.</summary>
    public bool Place(Canvas canvas, double x, double y, string label, TextStyle style)
    {
        var (width, height) = (TextMetrics.Width(label, style.Size), style.Size);
        foreach (var distance in Distances)
        {
            foreach (var angle in Angles)
            {
                var (dx, dy) = (Math.Cos(angle * Math.PI / 180), Math.Sin(angle * Math.PI / 180));
                var centreX = x + (dx * (distance + (width / 2))) + (dx == 0 ? 0 : Math.Sign(dx));
                var centreY = y + (dy * (distance + (height / 2)));
                var box = (X: centreX - (width / 2), Y: centreY - (height / 2), W: width, H: height);
                if (!IsFree(box) || (distance <= 12 && !IsNearestTo(x, y, box)))
                    continue;
                _taken.Add(box);
                if (distance > 12)
                    canvas.Line(x + (dx * 5), y + (dy * 5), x + (dx * distance), y + (dy * distance), Canvas.Ink, opacity: 0.4);
                canvas.Text(centreX, centreY + (height * 0.36), label, style with { Anchor = Anchor.Middle });
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the label beside a line, as near to its first end as there is room.</summary>
    public void PlaceAlong(Canvas canvas, double x1, double y1, double x2, double y2, string label, TextStyle style)
    {
        var (width, height) = (TextMetrics.Width(label, style.Size), style.Size);
        const int Steps = 12;
        foreach (var gap in new[] { 4, 12, 20, 32 })
        {
            for (var i = 0; i <= Steps; i++)
            {
                var (x, y) = (x1 + ((x2 - x1) * i / Steps), y1 + ((y2 - y1) * i / Steps));
                (double X, double Y)[] corners = x1 == x2
                    ? [(x + gap, y), (x - gap - width, y)]
                    : [(x - width, y - gap - height), (x - width, y + gap)];
                foreach (var box in corners.Select(corner => (corner.X, corner.Y, W: width, H: height)).Where(IsFree).Take(1))
                {
                    _taken.Add(box);
                    canvas.Text(box.X, box.Y + (height * 0.86), label, style);
                    return;
                }
            }
        }
    }

    private void Occupy(double x, double y, double reach) => _taken.Add((x - reach, y - reach, 2 * reach, 2 * reach));

    private bool IsNearestTo(double x, double y, (double X, double Y, double W, double H) box)
    {
        var own = Distance(x, y, box);
        return !_points.Exists(point => point != (x, y) && Distance(point.X, point.Y, box) < own + 3);
    }

    private static double Distance(double x, double y, (double X, double Y, double W, double H) box)
    {
        var dx = Math.Max(0, Math.Max(box.X - x, x - box.X - box.W));
        var dy = Math.Max(0, Math.Max(box.Y - y, y - box.Y - box.H));
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    private bool IsFree((double X, double Y, double W, double H) box) =>
        box.X >= left && box.Y >= top && box.X + box.W <= right && box.Y + box.H <= bottom
        && !_taken.Exists(
            other => box.X < other.X + other.W && other.X < box.X + box.W && box.Y < other.Y + other.H && other.Y < box.Y + box.H);
}
