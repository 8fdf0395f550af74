using System.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>
/// Redirects what cells write to the console to their sinks, and their reads to the reader; other threads are unaffected.
/// </summary>
internal static class ConsoleCapture
{
    private static readonly Lazy<(TextWriter Out, TextWriter Error)> Installed = new(static () =>
    {
        Console.SetIn(new AskingReader(Console.In));
        return (TextWriter.Synchronized(new RoutingWriter("stdout", Console.Out)),
            TextWriter.Synchronized(new RoutingWriter("stderr", Console.Error)));
    });

    /// <summary>
    /// Forwards what native code and other programs have written to standard output. The host that captures it sets this.
    /// </summary>
    public static Action? TakeNative { get; set; }

    /// <summary>
    /// Redirects this process's console. Repeated before every cell: .NET Interactive installs its own writers while it handles
    /// a command, and removes them again.
    /// </summary>
    public static void Install()
    {
        Console.SetOut(Installed.Value.Out);
        Console.SetError(Installed.Value.Error);
    }

    private sealed class RoutingWriter(string stream, TextWriter original) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void WriteLine() => Write("\n");

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (CellSink.Current is { } sink)
                sink.Write(stream, buffer);
            else
                original.Write(buffer);
        }

        public override void Flush()
        {
            if (CellSink.Current is { } sink)
                sink.Flush();
            else
                original.Flush();
        }
    }

    /// <summary>Asks for one line at a time when a cell reads.</summary>
    private sealed class AskingReader(TextReader original) : TextReader
    {
        private string _rest = "";

        public override string? ReadLine()
        {
            if (CellSink.Current is not { } sink)
                return original.ReadLine();
            if (_rest.Length == 0)
                return sink.AskAsync("", isSecret: false).GetAwaiter().GetResult();
            var line = _rest.TrimEnd('\n');
            _rest = "";
            return line;
        }

        public override int Read()
        {
            var next = Peek();
            if (_rest.Length > 0)
                _rest = _rest[1..];
            return next;
        }

        public override int Peek()
        {
            if (_rest.Length == 0 && ReadLine() is { } line)
                _rest = line + "\n";
            return _rest.Length == 0 ? -1 : _rest[0];
        }
    }
}
