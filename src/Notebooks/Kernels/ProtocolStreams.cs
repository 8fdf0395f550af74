using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>This process's standard input and output, moved where neither cells nor programs they start can reach them.</summary>
/// <remarks>
/// A program that a cell starts inherits file descriptors 0 and 1. From here on these are the null device and a pipe; what comes out of
/// the pipe is output of the cell. On Windows programs still inherit the console's own handles: not tried there.
/// </remarks>
internal sealed class ProtocolStreams : IDisposable
{
    private const int In = 0, Out = 1, PollIn = 1, DuplicateCloseOnExec = 1030, CloseOnExec = 0x80000, ReadWrite = 2;

    private readonly Lock _reading = new();
    private readonly Lock _writing = new();
    private readonly byte[] _bytes = new byte[64 * 1024];
    private readonly char[] _letters = new char[64 * 1024 + 1];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StreamWriter _output;
    private readonly int _pipe = -1;
    private Action<ReadOnlySpan<char>>? _heard;

    /// <summary>Takes over both streams.</summary>
    public ProtocolStreams()
    {
        var (input, output) = OperatingSystem.IsWindows()
            ? (Console.OpenStandardInput(), Console.OpenStandardOutput())
            : (Open(Duplicate(In), FileAccess.Read), Open(Duplicate(Out), FileAccess.Write));
        if (!OperatingSystem.IsWindows())
            _pipe = Replace();
        Input = new StreamReader(input, Encoding.UTF8);
        _output = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    /// <summary>The stream of commands.</summary>
    public TextReader Input { get; }

    /// <summary>Sends a complete line.</summary>
    public void WriteLine(string line)
    {
        lock (_writing)
        {
            try
            {
                _output.WriteLine(line);
                _output.Flush();
            }
            catch (IOException)
            {
                // The reader has gone; the end of the commands will end the kernel.
            }
        }
    }

    /// <summary>Forwards what native code and other programs write to standard output, on its own thread.</summary>
    public void Listen(Action<ReadOnlySpan<char>> heard)
    {
        _heard = heard;
        if (_pipe >= 0)
            new Thread(Loop) { IsBackground = true, Name = "native output" }.Start();
    }

    /// <summary>Forwards what has been written so far.</summary>
    public void Take()
    {
        lock (_reading)
        {
            while (_pipe >= 0 && IsReady(wait: 0) && Read(_pipe, _bytes, _bytes.Length) is > 0 and var length)
                _heard?.Invoke(_letters.AsSpan(0, _decoder.GetChars(_bytes, 0, (int)length, _letters, 0)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    private void Loop()
    {
        while (true)
        {
            if (IsReady(wait: -1))
                Take();
        }
    }

    private bool IsReady(int wait)
    {
        var asked = new PollRequest { File = _pipe, Events = PollIn };
        return Poll(ref asked, 1, wait) > 0;
    }

    /// <summary>Not .NET's own stream, because a cell can hold that stream's lock while this thread sends.</summary>
    private static Stream Open(int file, FileAccess access) =>
        file < 0 ? Stream.Null : new FileStream(new SafeFileHandle(file, ownsHandle: false), access, bufferSize: 0);

    /// <summary>A copy that programs do not inherit; negative when the file is closed.</summary>
    private static int Duplicate(int file) => OperatingSystem.IsLinux() ? Control(file, DuplicateCloseOnExec, 3) : Dup(file);

    /// <returns>The end of the pipe to read from.</returns>
    private static int Replace()
    {
        var ends = new int[2];
        if ((OperatingSystem.IsLinux() ? Pipe2(ends, CloseOnExec) : Pipe(ends)) != 0)
            return -1;
        _ = Dup2(Open("/dev/null", ReadWrite), In);
        _ = Dup2(ends[1], Out);
        return ends[0];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int File;
        public short Events;
        public short Found;
    }

#pragma warning disable SYSLIB1054, CA2101 // Blittable, and one ASCII path.
    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Control(int file, int command, int argument);

    [DllImport("libc", EntryPoint = "dup")]
    private static extern int Dup(int file);

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Dup2(int file, int place);

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPStr)] string path, int mode);

    [DllImport("libc", EntryPoint = "pipe")]
    private static extern int Pipe([Out] int[] ends);

    [DllImport("libc", EntryPoint = "pipe2")]
    private static extern int Pipe2([Out] int[] ends, int flags);

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(ref PollRequest asked, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "read")]
    private static extern nint Read(int file, [Out] byte[] bytes, nint length);
#pragma warning restore SYSLIB1054, CA2101
}
