namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>Jupyter and this kernel can't come together. The message says why and what to do.</summary>
public sealed class JupyterException : Exception
{
    /// <summary>A failure of unknown cause.</summary>
    public JupyterException() : this("The kernel can't serve Jupyter.")
    {
    }

    /// <summary>A failure for the reason given.</summary>
    public JupyterException(string message) : base(message)
    {
    }

    /// <summary>A failure for the reason given, keeping the exception that showed it.</summary>
    public JupyterException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
