namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>Thrown when a peer does not follow ZMTP 3 as this side needs it. The message says what the peer sent.</summary>
internal sealed class ZmtpException(string message) : Exception(message);
