namespace LlmRabbitHoles.Checkpoints;

/// <summary>A tensor that is going to be written, made when its turn comes so that a model is never in memory twice.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">The dtype to store; what <paramref name="Make"/> gives is converted.</param>
/// <param name="Shape">Its sizes, outermost first.</param>
/// <param name="Make">Gives the tensor, on any device; the writer disposes it.</param>
public sealed record TensorToStore(string Name, ScalarType Type, IReadOnlyList<long> Shape, Func<Tensor> Make)
{
    /// <summary>Bytes that it takes in the file.</summary>
    public long Length => Shape.Aggregate((long)SafetensorsDtype.Of(Type).Bytes, (length, size) => checked(length * size));

    /// <summary>A tensor that exists already.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="tensor">Stays the caller's, and has to live until it is written.</param>
    public static TensorToStore From(string name, Tensor tensor) => new(name, tensor.dtype, tensor.shape, () => tensor.detach());
}
