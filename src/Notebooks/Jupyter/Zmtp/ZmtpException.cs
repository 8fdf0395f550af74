namespace LlmRabbitHoles.Notebooks.Jupyter.Zmtp;

/// <summary>The other side does not speak ZMTP 3 as this side needs it. The message says what it sent instead.</summary>
internal sealed class ZmtpException(string message) : Exception(message);
