using static TorchSharp.torch;

namespace LlmRabbitHoles.Lessons.Displays;

public sealed partial class TensorView
{
    /// <summary>A tensor of any dtype on any device. Its values are copied to the CPU.</summary>
    /// <param name="tensor">Any shape.</param>
    /// <param name="name">As the reader should call it.</param>
    public static TensorView Of(Tensor tensor, string name = "")
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new TensorView(
            TensorFacts.Of(name, tensor.shape, tensor.dtype.ToString(), tensor.device.ToString(), TensorNumbers.All(tensor)));
    }
}
