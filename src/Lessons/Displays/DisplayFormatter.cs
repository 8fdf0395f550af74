namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The common interface of all display formatters.</summary>
internal interface IDisplayFormatter
{
    string MimeType { get; }
}

/// <summary>Writes displays of one type in one mime type. Kernels read its members by name.</summary>
internal sealed class DisplayFormatter<T>(string mimeType, Func<T, string> write) : IDisplayFormatter
    where T : Displayable
{
    public string MimeType { get; } = mimeType;

    public Type Type { get; } = typeof(T);

    /// <returns>False when the instance is of another type, so that a kernel tries the next formatter.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T display)
            return false;
        writer.Write(write(display));
        return true;
    }
}
