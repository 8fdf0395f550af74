namespace LlmRabbitHoles.Devices;

/// <summary>The device asked for is unknown, not there, or not where the weights are.</summary>
public sealed class DeviceException : InvalidOperationException
{
    /// <summary>An exception whose message says what is wrong and how to mend it.</summary>
    public DeviceException(string message) : base(message)
    {
    }

    /// <summary>An exception with its own message and cause.</summary>
    public DeviceException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>An exception without details.</summary>
    public DeviceException()
    {
    }
}
