using System.Text;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Receives the outputs of one cell from any thread and passes them on in order.</summary>
/// <remarks>
/// Small writes to the console are gathered for <see cref="Delay"/> before they are passed on as one piece;
/// a display or the cell's end passes on what is gathered first. Thread-safe.
/// </remarks>
internal sealed class CellSink : IDisposable
{
    private const int PieceLength = 8 * 1024;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);
    private static readonly AsyncLocal<CellSink?> OfThisFlow = new();
    private static volatile CellSink? s_latest;

    private readonly Lock _lock = new();
    private readonly StringBuilder _gathered = new();
    private readonly Action<CellOutput> _receive;
    private readonly Timer _timer;
    private readonly int _limit;
    private readonly Func<string, bool, Task<string?>>? _ask;
    private string _stream = "stdout";
    private long _shown;
    private bool _cut;
    private bool _ended;

    public CellSink(Action<CellOutput> receive, SessionOptions options, CancellationToken interrupt)
    {
        Interrupt = interrupt;
        _receive = receive;
        _limit = options.OutputLimit;
        _ask = options.ReadInput;
        _timer = new Timer(_ => Flush());
    }

    /// <summary>The sink of the cell that this thread works for; a thread without one uses the latest cell's sink.</summary>
    public static CellSink? Current => OfThisFlow.Value ?? s_latest;

    /// <summary>Cancelled when the reader wants the cell to stop.</summary>
    public CancellationToken Interrupt { get; }

    /// <summary>The note that marks cut output.</summary>
    public static string CutNote(int limit) =>
        $"\n[cut: a cell may show {limit:N0} characters; the rest of this one's output is left out]\n";

    /// <summary>Makes this the sink of everything that the calling thread starts from now on.</summary>
    public void Enter()
    {
        OfThisFlow.Value = this;
        s_latest = this;
    }

    public void Write(string stream, ReadOnlySpan<char> text)
    {
        lock (_lock)
            WriteLocked(stream, text);
    }

    public void Display(MimeBundle data, string? displayId = null, bool isUpdate = false) =>
        Show(new DisplayOutput(data, []) { DisplayId = displayId, IsUpdate = isUpdate }, data.Length);

    public void Result(int executionCount, MimeBundle data) => Show(new ResultOutput(executionCount, data, []), data.Length);

    /// <summary>Asks the reader for a line; null at the end of input.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted meanwhile.</exception>
    public async Task<string?> AskAsync(string prompt, bool isSecret)
    {
        Flush();
        return _ask is null ? null : await Task.Run(() => _ask(prompt, isSecret), Interrupt).WaitAsync(Interrupt);
    }

    /// <summary>Errors are always shown, even when output was cut.</summary>
    public void Error(ErrorOutput error)
    {
        lock (_lock)
        {
            FlushLocked();
            _receive(error);
        }
    }

    public void Flush()
    {
        lock (_lock)
            FlushLocked();
    }

    /// <summary>Passes on buffered text; from now on, text of remaining threads is passed on at once.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            FlushLocked();
        }

        _timer.Dispose();
    }

    private void WriteLocked(string stream, ReadOnlySpan<char> text)
    {
        if (_cut || text.IsEmpty)
            return;
        if (stream != _stream)
            FlushLocked();
        _stream = stream;
        var room = (int)Math.Min(text.Length, _limit - _shown);
        _gathered.Append(text[..room]);
        _shown += room;
        if (room < text.Length)
            Cut();
        else if (_gathered.Length >= PieceLength || _ended)
            FlushLocked();
        else if (_gathered.Length == room)
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
    }

    private void Show(CellOutput output, long length)
    {
        lock (_lock)
            ShowLocked(output, length);
    }

    private void ShowLocked(CellOutput output, long length)
    {
        if (_cut)
            return;
        FlushLocked();
        if (_shown + length > _limit)
        {
            Cut();
            return;
        }

        _shown += length;
        _receive(output);
    }

    private void Cut()
    {
        FlushLocked();
        _cut = true;
        _receive(new StreamOutput("stderr", CutNote(_limit)));
    }

    private void FlushLocked()
    {
        if (_gathered.Length == 0)
            return;
        var text = _gathered.ToString();
        _gathered.Clear();
        _receive(new StreamOutput(_stream, text));
    }
}
