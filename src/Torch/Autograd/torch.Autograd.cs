using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients by the chain rule, backwards through the recorded operations.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of the sum of outputs (weighted with grad_outputs) with respect to inputs; one for each input.</summary>
        /// <param name="outputs">Scalars, or tensors with a weight of their shape in grad_outputs.</param>
        /// <param name="inputs">What to differentiate by.</param>
        /// <param name="grad_outputs">Weights; null counts each output once.</param>
        /// <param name="retain_graph">Keeps the record, for a further call.</param>
        /// <param name="create_graph">Records the gradients too, for higher derivatives.</param>
        /// <param name="allow_unused">An input that the outputs do not depend on gives null instead of an error.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var gradients = rabbit_autograd_grad(
                TensorList.SpanOf(outputs), outputs.Count, TensorList.SpanOf(inputs), inputs.Count,
                TensorList.SpanOf(grad_outputs ?? []), grad_outputs?.Count ?? 0,
                retain_graph, create_graph, allow_unused, out var count);
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return TensorList.Take(gradients, count);
        }

        /// <summary>Adds the gradients of tensors to the grad of the leaves that they came from.</summary>
        /// <param name="tensors">Scalars, or tensors with a weight of their shape in grad_tensors.</param>
        /// <param name="grad_tensors">Weights; null counts each tensor once.</param>
        /// <param name="retain_graph">Keeps the record, for a further call; null does what create_graph says.</param>
        /// <param name="create_graph">Records the gradients too, for higher derivatives.</param>
        /// <param name="inputs">The only leaves to get gradients; null means all.</param>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            NativeError.Check(rabbit_backward(
                TensorList.SpanOf(tensors), tensors.Count, TensorList.SpanOf(grad_tensors ?? []), grad_tensors?.Count ?? 0,
                retain_graph ?? create_graph, create_graph, TensorList.SpanOf(inputs ?? []), inputs?.Count ?? 0));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <summary>Adds the gradients of a tensor to the grad of the leaves that it came from.</summary>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Adds the gradients of a tensor, weighted with grad_tensor, to the grad of the leaves that it came from.</summary>
        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);
    }
}
