using System.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Leads what cells write to the console into their sinks and what they read from it to their reader; lets others pass.</summary>
internal static class ConsoleCapture
{
    private static readonly Lazy<(TextWriter Out, TextWriter Error)> Installed = new(static () =>
    {
        Console.SetIn(new AskingReader(Console.In));
        return (TextWriter.Synchronized(new RoutingWriter("stdout", Console.Out)),
            TextWriter.Synchronized(new RoutingWriter("stderr", Console.Error)));
    });

    /// <summary>Hands on what native code and other programs have written to standard output; the host that hears them sets it.</summary>
    public static Action? TakeNative { get; set; }

    /// <summary>
    /// Leads this process's console here. Said again before every cell: .NET Interactive puts writers of its own in front while it handles
    /// a command, and takes them away again.
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

    /// <summary>A line at a time, asked for when a cell wants to read.</summary>
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
