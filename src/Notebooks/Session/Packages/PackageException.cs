namespace LlmRabbitHoles.Notebooks.Session.Packages;

/// <summary>Packages can't be had. The message is one sentence for the reader.</summary>
internal sealed class PackageException(string message) : Exception(message);
