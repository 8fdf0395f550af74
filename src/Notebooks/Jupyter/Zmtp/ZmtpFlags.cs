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

    /// <summary>The frame speaks to the connection, not to its user.</summary>
    Command = 4,
}
