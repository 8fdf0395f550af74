using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>Collects a cell's outputs as a notebook stores them, with consecutive pieces of a stream joined. Thread-safe.</summary>
/// <remarks>Our kernel limits what cells print; the limit here is for other kernels.</remarks>
internal sealed class OutputRecord
{
    private const int Limit = 1_100_000;

    private readonly Lock _lock = new();
    private readonly List<CellOutput> _outputs = [];
    private long _length;
    private bool _cut;

    public IReadOnlyList<CellOutput> Outputs
    {
        get
        {
            lock (_lock)
                return [.. _outputs];
        }
    }

    public void Add(CellOutput output)
    {
        lock (_lock)
        {
            if (output is not StreamOutput stream)
                _outputs.Add(output);
            else if (!_cut)
                AddText(stream);
        }
    }

    /// <summary>Replaces the display that an update names; ignores the update when the display is not here.</summary>
    public void Replace(DisplayOutput update)
    {
        lock (_lock)
        {
            var shown = _outputs.FindIndex(output => output is DisplayOutput display && display.DisplayId == update.DisplayId);
            if (shown >= 0)
                _outputs[shown] = update with { IsUpdate = false };
        }
    }

    private void AddText(StreamOutput stream)
    {
        var room = (int)Math.Min(stream.Text.Length, Limit - _length);
        _length += room;
        Append(stream with { Text = stream.Text[..room] });
        if (room == stream.Text.Length)
            return;
        _cut = true;
        Append(new StreamOutput("stderr", "\n[cut: the rest of this cell's output is left out]\n"));
    }

    private void Append(StreamOutput stream)
    {
        if (_outputs.LastOrDefault() is StreamOutput last && last.Name == stream.Name)
            _outputs[^1] = last with { Text = last.Text + stream.Text };
        else
            _outputs.Add(stream);
    }
}
