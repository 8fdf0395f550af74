namespace LlmRabbitHoles.Checkpoints;

/// <summary>A number format of the safetensors file format.</summary>
/// <param name="Name">As written in the header: F32, BF16 and so on.</param>
/// <param name="Bytes">Size of one element.</param>
/// <param name="Type">The tensor dtype that holds the same bits; null where there is none and the tensor cannot be read.</param>
public sealed record SafetensorsDtype(string Name, int Bytes, ScalarType? Type)
{
    private static readonly SafetensorsDtype[] All =
    [
        new("F64", 8, ScalarType.Float64),
        new("F32", 4, ScalarType.Float32),
        new("F16", 2, ScalarType.Float16),
        new("BF16", 2, ScalarType.BFloat16),
        new("I64", 8, ScalarType.Int64),
        new("I32", 4, ScalarType.Int32),
        new("I16", 2, ScalarType.Int16),
        new("I8", 1, ScalarType.Int8),
        new("U8", 1, ScalarType.Byte),
        new("BOOL", 1, ScalarType.Bool),
        new("U64", 8, null),
        new("U32", 4, null),
        new("U16", 2, null),
        new("F8_E4M3", 1, null),
        new("F8_E5M2", 1, null),
        new("C64", 8, ScalarType.ComplexFloat32),
    ];

    /// <summary>The names of all formats, for messages.</summary>
    internal static string Names => string.Join(", ", All.Select(dtype => dtype.Name));

    /// <summary>The format of that name, or null.</summary>
    /// <param name="name">As written in the header.</param>
    public static SafetensorsDtype? Find(string name) => Array.Find(All, dtype => dtype.Name == name);

    /// <summary>The format that holds a tensor dtype.</summary>
    /// <param name="type">The tensor's dtype.</param>
    /// <exception cref="CheckpointException">The format has no such dtype.</exception>
    public static SafetensorsDtype Of(ScalarType type) =>
        Array.Find(All, dtype => dtype.Type == type) ?? throw new CheckpointException(
            $"A tensor of dtype {type} cannot be saved; safetensors holds {Names}. Convert it first.");
}
