using System.Runtime.InteropServices;
using LlmRabbitHoles.Kernels;

namespace LlmRabbitHoles.Training;

/// <summary>Parts of a layer in one call, where a row of tensor operations would read and write memory again and again.</summary>
internal static class FusedParts
{
    /// <summary>gate sigmoid(gate) up.</summary>
    /// <param name="gate">[..., feedForward] bfloat16</param>
    /// <param name="up">[..., feedForward] bfloat16</param>
    /// <returns>[..., feedForward] bfloat16</returns>
    public static Tensor SwiGlu(Tensor gate, Tensor up) => SwiGluFunction.apply(gate, up);

    /// <summary>The tensor's numbers.</summary>
    /// <typeparam name="T">As wide as its dtype.</typeparam>
    /// <param name="contiguous">On the CPU.</param>
    public static Span<T> Numbers<T>(Tensor contiguous) where T : struct => MemoryMarshal.Cast<byte, T>(contiguous.bytes);

    private sealed class SwiGluFunction : autograd.SingleTensorFunction<SwiGluFunction>
    {
        public override string Name => nameof(SwiGlu);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (gate, up) = (((Tensor)vars[0]).contiguous(), ((Tensor)vars[1]).contiguous());
            var output = empty_like(gate);
            Kernels.SwiGlu.Forward(Numbers<ushort>(gate), Numbers<ushort>(up), Numbers<ushort>(output));
            ctx.save_for_backward([gate, up]);
            return output;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            var (ofGate, ofUp) = (empty_like(saved[0]), empty_like(saved[1]));
            Kernels.SwiGlu.Backward(
                Numbers<ushort>(saved[0]), Numbers<ushort>(saved[1]), Numbers<ushort>(grad_output.bfloat16().contiguous()),
                Numbers<ushort>(ofGate), Numbers<ushort>(ofUp));
            return [ofGate, ofUp];
        }
    }
}

/// <summary>A norm by the root mean square in one call, from the float32 residual stream to the bfloat16 of projections.</summary>
internal sealed class FusedRmsNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _gain;
    private readonly double _epsilon;

    /// <param name="gain">[size] float32</param>
    /// <param name="epsilon">Added to the mean square.</param>
    public FusedRmsNorm(Parameter gain, double epsilon) : base(nameof(FusedRmsNorm))
    {
        (_gain, _epsilon) = (gain, epsilon);
        RegisterComponents();
    }

    /// <param name="x">[..., size] float32</param>
    /// <returns>[..., size] bfloat16</returns>
    public override Tensor forward(Tensor x) => Function.apply(x, _gain, _epsilon);

    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        public override string Name => nameof(FusedRmsNorm);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (x, gain, epsilon) = (((Tensor)vars[0]).contiguous(), (Tensor)vars[1], (double)vars[2]);
            var output = empty_like(x, dtype: ScalarType.BFloat16);
            RmsScaling.Forward(
                FusedParts.Numbers<float>(x), FusedParts.Numbers<float>(gain), (float)epsilon, FusedParts.Numbers<ushort>(output));
            ctx.save_for_backward([x, gain]);
            ctx.save_data("epsilon", epsilon);
            return output;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            var (ofX, ofGain) = (empty_like(saved[0]), zeros_like(saved[1]));
            RmsScaling.Backward(
                FusedParts.Numbers<float>(saved[0]), FusedParts.Numbers<float>(saved[1]), (float)(double)ctx.get_data("epsilon"),
                FusedParts.Numbers<ushort>(grad_output.bfloat16().contiguous()), FusedParts.Numbers<float>(ofX),
                FusedParts.Numbers<float>(ofGain));
            return [ofX, ofGain, null!];
        }
    }
}
