using LlmRabbitHoles.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class FusedPartsTests
{
    [Fact]
    public void AFusedModelHasTheGradientsOfTheSameInTensorOperations()
    {
        using var scope = NewDisposeScope();
        using var fused = NewDecoder(new Bfloat16Compute());
        using var plain = NewDecoder(new Bfloat16Compute(DeviceType.CUDA));
        var example = new Example([.. Enumerable.Range(0, 30).Select(i => i * i % 32)], [.. Enumerable.Repeat(true, 30)]);
        var options = new TrainingOptions { Rows = 2, Time = 32, Workers = 1 };
        var (ours, theirs) = (Gradients(fused, example, options), Gradients(plain, example, options));
        foreach (var (name, gradient) in theirs)
        {
            // Both round to bfloat16, eight bits, at each part, though not at the same places.
            var difference = ((gradient - ours[name]).norm() / (gradient.norm() + 1e-9)).ToDouble();
            Assert.True(difference < 0.03, $"{name}: {difference}");
        }
    }

    private static Dictionary<string, Tensor> Gradients(Decoder decoder, Example example, TrainingOptions options)
    {
        using var trainer = new Trainer(decoder, [example], [example], options);
        trainer.ComputeGradients([.. new NextTokenObjective([example], [example], options).Batches().Take(1)]);
        return decoder.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!);
    }

    private static Decoder NewDecoder(IArithmetic arithmetic)
    {
        using var weights = new InitialWeights(3);
        var config = DecoderConfig.Llama(vocabulary: 32, hidden: 64, layers: 2, heads: 2, keyValueHeads: 1, context: 32);
        return new Decoder(config, weights, arithmetic, CPU);
    }
}
