namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>The five channels of a kernel, as a connection file names their ports.</summary>
internal static class ChannelNames
{
    public const string Shell = "shell_port";
    public const string IoPub = "iopub_port";
    public const string Stdin = "stdin_port";
    public const string Control = "control_port";
    public const string Heartbeat = "hb_port";

    public static IReadOnlyList<string> Ports { get; } = [Shell, IoPub, Stdin, Control, Heartbeat];
}
