using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Gradients.</content>
    public partial class Tensor
    {
        /// <summary>Whether operations on this tensor are recorded for backward. Setting it true needs a real dtype.</summary>
        public bool requires_grad
        {
            get => Check(rabbit_requires_grad(this)) != 0;
            set => Check(rabbit_set_requires_grad(this, value));
        }

        /// <summary>Whether the tensor was not made by a recorded operation: only such ones get a grad.</summary>
        public bool is_leaf => Check(rabbit_is_leaf(this)) != 0;

        /// <summary>The gradient that backward left here, or null; a new tensor at each call. Set null to drop it.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = rabbit_grad(this);
                if (gradient == 0)
                    NativeError.ThrowIfPending();
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set => Check(rabbit_set_grad(this, value));
        }

        /// <summary>Sets requires_grad. Returns this tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true) => with_requires_grad(requires_grad);

        /// <summary>Sets requires_grad. Returns this tensor.</summary>
        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Lets backward leave a gradient here too where the tensor is not a leaf.</summary>
        public void retain_grad() => Check(rabbit_retain_grad(this));

        /// <summary>The same memory without the record of how it came about.</summary>
        public Tensor detach() => rabbit_detach(this);

        /// <summary>Forgets how the tensor came about. Returns this tensor.</summary>
        public Tensor detach_() => InPlace(rabbit_detach_(this));

        /// <summary>Adds this tensor's gradients to the grad of the leaves that it came from.</summary>
        public void backward() => autograd.backward(this);

        /// <summary>Adds this tensor's gradients, weighted with grad_tensors, to the grad of the leaves (or of inputs only).</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);
    }
}
