namespace LlmRabbitHoles.Checkpoints;

/// <summary>Where one tensor lies and what it is.</summary>
/// <param name="Name">The tensor's name in the checkpoint.</param>
/// <param name="File">Path of the file that holds it.</param>
/// <param name="Dtype">Its number format.</param>
/// <param name="Shape">Its sizes, outermost first; empty for a single number.</param>
/// <param name="Offset">First byte of its data, from the start of the file.</param>
/// <param name="Length">Bytes of data: elements x bytes of an element.</param>
public sealed record SafetensorsEntry(string Name, string File, SafetensorsDtype Dtype, IReadOnlyList<long> Shape, long Offset, long Length)
{
    /// <summary>Number of elements.</summary>
    public long Count => Length / Dtype.Bytes;
}
