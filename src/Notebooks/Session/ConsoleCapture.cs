using System.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>Leads what cells write to the console into their sinks, and lets what others write pass.</summary>
internal static class ConsoleCapture
{
    private static readonly Lazy<bool> Installed = new(static () =>
    {
        Console.SetOut(new RoutingWriter("stdout", Console.Out));
        Console.SetError(new RoutingWriter("stderr", Console.Error));
        return true;
    });

    /// <summary>Replaces Console.Out and Console.Error of this process, once.</summary>
    public static void Install() => _ = Installed.Value;

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
}
