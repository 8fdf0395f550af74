namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>The first byte of a frame.</summary>
[Flags]
internal enum ZmtpFlags : byte
{
    None = 0,

    /// <summary>More frames of the same message follow.</summary>
    More = 1,

    /// <summary>The length takes eight bytes.</summary>
    Long = 2,

    /// <summary>The frame is a command to the connection, not part of a message.</summary>
    Command = 4,
}
