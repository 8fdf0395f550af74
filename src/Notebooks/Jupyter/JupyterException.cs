namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>Thrown when Jupyter and this kernel cannot work together. The message says why and what to do.</summary>
public sealed class JupyterException(string message, Exception? inner = null) : Exception(message, inner);
