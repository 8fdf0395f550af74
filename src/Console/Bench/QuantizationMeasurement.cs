using System.Diagnostics;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Quantization;
using LlmRabbitHoles.Sampling;
using static TorchSharp.torch;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures one model in many quantizations: its size, how it predicts text that it has not read, how often its likeliest token
/// is that of the whole model, what it can do, and how fast it writes.</summary>
/// <param name="checkpoint">Stays the caller's.</param>
/// <param name="device"><c>cpu</c>, <c>cuda</c> or null.</param>
/// <param name="text">To calibrate with and to measure on.</param>
/// <param name="abilities">Cases of each ability; 0 measures none.</param>
/// <param name="repetitions">The best speed of so many counts: others use the machine too.</param>
internal sealed class QuantizationMeasurement(
    Checkpoint checkpoint, string? device, CalibrationText text, int abilities, int repetitions)
{
    private const int SpeedTokens = 64;

    // What a conversation alone shows; the others compare with further models or look inside.
    private static readonly string[] Conversations =
        ["facts", "thinking", "tools", "memory", "skills", "planning", "structure", "stopping", "honesty", "letters"];

    private readonly List<int> _likeliest = [];

    public IReadOnlyList<QuantizationRowJson> Run(Action<string> announce, CancellationToken cancellationToken)
    {
        var rows = new List<QuantizationRowJson>();
        using var calibration = Calibration.Read(checkpoint, text.Calibration, null, cancellationToken);
        foreach (var (name, load) in Variants(calibration))
        {
            announce(name);
            using var scope = NewDisposeScope();
            using var model = load();
            rows.Add(Row(name, model, cancellationToken));
        }
        return rows;
    }

    private IEnumerable<(string Name, Func<LanguageModel> Load)> Variants(Calibration calibration)
    {
        yield return ("float32", () => LanguageModel.Load(checkpoint.Folder, device, ScalarType.Float32));
        yield return ("bfloat16", () => LanguageModel.Load(checkpoint.Folder, device, ScalarType.BFloat16));
        foreach (var (name, quantization) in Quantizations(calibration))
            yield return (name, () => LanguageModel.Load(checkpoint.Folder, device, ScalarType.Float32, quantization));
        yield return ("int4, 32, AWQ", () => Scaled(calibration, new(IntegerGrid.Int4)));
        foreach (var type in new[] { "q8_0", "q6_k", "q5_k", "q4_k", "q4_0" })
            yield return ($"GGUF {type}", () => FromFile(GgufType.Find(type)!));
    }

    private static IEnumerable<(string Name, WeightQuantization Quantization)> Quantizations(Calibration calibration)
    {
        var (int8, int4) = (WeightQuantization.Int8, WeightQuantization.Int4);
        yield return ("int8 a row", int8);
        yield return ("int8 a row, int8 inputs", int8 with { RoundsInputs = true });
        yield return ("int8 a row, embeddings and head too", int8 with { Embeddings = true, Head = true });
        yield return ("int4, 32", int4);
        yield return ("int4, 32, from the least on", new(new(4, 32, Symmetric: false)));
        yield return ("int4, 64", new(new(4, 64)));
        yield return ("int4 a row", new(new(4)));
        yield return ("int4, 32, embeddings and head too", int4 with { Embeddings = true, Head = true });
        yield return ("int4, 32, GPTQ", int4 with { Rounding = new Gptq(calibration.Inputs) });
        yield return ("int4 a row, GPTQ", new(new(4)) { Rounding = new Gptq(calibration.Inputs) });
        yield return ("int3, 32", new(new(3, 32)));
        yield return ("int3, 32, GPTQ", new(new(3, 32)) { Rounding = new Gptq(calibration.Inputs) });
        yield return ("int2, 32", new(new(2, 32, Symmetric: false)));
    }

    private LanguageModel Scaled(Calibration calibration, WeightQuantization quantization)
    {
        var weights = ActivationAwareScaling.Apply(checkpoint.Config, checkpoint.ReadWeights(), calibration.Inputs, quantization.Grid);
        using var noGradients = no_grad();
        var decoder = new Decoder(checkpoint.Config, new QuantizingWeights(new GivenWeights(weights), quantization));
        decoder.eval();
        return new LanguageModel(decoder, checkpoint.Tokenizer, checkpoint.ChatTemplate, checkpoint.Defaults, checkpoint.Folder);
    }

    private LanguageModel FromFile(GgufType type)
    {
        var folder = Directory.CreateTempSubdirectory("rabbit-quantization-");
        try
        {
            var file = Path.Combine(folder.FullName, "model.gguf");
            GgufWriter.Write(checkpoint, type, file);
            return LanguageModel.Load(file, device);
        }
        finally
        {
            folder.Delete(recursive: true);    // what is mapped stays until the model is disposed
        }
    }

    private QuantizationRowJson Row(string name, LanguageModel model, CancellationToken cancellationToken)
    {
        var (loss, agreement, predicted) = Read(model, cancellationToken);
        return new(
            name, model.WeightBytes, Math.Round(8.0 * model.WeightBytes / model.ParameterCount, 3), Math.Round(loss, 4),
            Math.Round(Math.Exp(loss), 3), Math.Round(agreement, 4), predicted, Math.Round(Speed(model, cancellationToken), 1),
            abilities == 0 ? null : Abilities(model, cancellationToken));
    }

    /// <summary>Reads the held-out text; the first model that does is the one that others are compared with.</summary>
    private (double Loss, double Agreement, int Predicted) Read(LanguageModel model, CancellationToken cancellationToken)
    {
        var (total, agreed, predicted, isFirst) = (0.0, 0, 0, _likeliest.Count == 0);
        foreach (var ids in text.HeldOut)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var logits = model.Logits(ids).narrow(0, 0, ids.Length - 1);
            var targets = tensor(ids.Skip(1).Select(id => (long)id).ToArray());
            total += nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.Sum).item<float>();
            foreach (var likeliest in logits.argmax(1).data<long>().ToArray())
            {
                if (isFirst) _likeliest.Add((int)likeliest);
                if (_likeliest[predicted++] == likeliest) agreed++;
            }
        }
        return (total / predicted, (double)agreed / predicted, predicted);
    }

    private double Speed(LanguageModel model, CancellationToken cancellationToken)
    {
        var generator = new TextGenerator(model);
        var options = new GenerationOptions { MaxTokens = SpeedTokens, StopTokens = [], Sampling = SamplingOptions.Greedy };
        var prompt = text.HeldOut[0][..Math.Min(8, text.HeldOut[0].Length)];
        var best = 0.0;
        for (var i = 0; i <= repetitions; i++)    // the first pays for what is set up once
        {
            var watch = Stopwatch.StartNew();
            var written = generator.Generate(prompt, options, cancellationToken).Tokens.Count;
            cancellationToken.ThrowIfCancellationRequested();
            if (i > 0) best = Math.Max(best, written / watch.Elapsed.TotalSeconds);
        }
        return best;
    }

    private Dictionary<string, double> Abilities(LanguageModel model, CancellationToken cancellationToken) => Evaluation
        .Run(model, new EvaluationOptions { Cases = abilities, Abilities = Conversations }, null, cancellationToken)
        .ToDictionary(score => score.Name, score => Math.Round(score.Score, 3));
}

/// <summary>What <c>bench quantization --format json</c> prints.</summary>
/// <param name="CalibrationTokens">Tokens that GPTQ and AWQ looked at.</param>
/// <param name="HeldOutTokens">Tokens that were predicted; the model and the calibration have not seen their texts.</param>
/// <param name="Rows">One for each quantization; the first is the whole model.</param>
/// <param name="Run">Where, when and how.</param>
internal sealed record QuantizationJson(int CalibrationTokens, int HeldOutTokens, IReadOnlyList<QuantizationRowJson> Rows, BenchRun Run);

/// <summary>One quantization.</summary>
/// <param name="Name">What the weights of projections became, and how many share a scale.</param>
/// <param name="Bytes">Of all weights in memory, embeddings and norms included.</param>
/// <param name="BitsPerWeight">Of all weights together.</param>
/// <param name="Loss">Nats a token on the held-out text.</param>
/// <param name="Perplexity">e to the power of that.</param>
/// <param name="Top1Agreement">How often the likeliest token is that of the first row.</param>
/// <param name="Predicted">Tokens that were predicted.</param>
/// <param name="TokensPerSecond">Tokens written in a second, one at a time.</param>
/// <param name="Abilities">Shares of cases, by ability; null where none were measured.</param>
internal sealed record QuantizationRowJson(
    string Name, long Bytes, double BitsPerWeight, double Loss, double Perplexity, double Top1Agreement, int Predicted,
    double TokensPerSecond, IReadOnlyDictionary<string, double>? Abilities);
