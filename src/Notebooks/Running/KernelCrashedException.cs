namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>Thrown when the kernel process ends without being asked to. The message says how, with its last output.</summary>
public sealed class KernelCrashedException(string message, Exception? inner = null) : Exception(message, inner);
