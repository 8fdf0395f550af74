using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Quantization;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>Folders whose projections are in GPTQ's layout, held against those that Golden/make_quantized.py made.</summary>
public sealed class QuantizedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Quantized => ["llama-4", "llama-4-row-v2", "llama-8-ordered", "phi3-4-ordered", "gpt2-4"];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Quantized))]
    public void QuantizedProjectionsAreTheNumbersOfTheOracle(string name)
    {
        using var scope = NewDisposeScope();
        using var quantized = Checkpoint.Open(GoldenModels.Quantized(name));
        using var numbers = Checkpoint.Open(Path.Combine(GoldenModels.Quantized(name), "numbers"));
        foreach (var spec in WeightMap.For(numbers.Config))
        {
            using var matrix = quantized.Weights.ReadQuantized(spec.Name);
            Assert.Equal(spec.Name.EndsWith("_proj.weight", StringComparison.Ordinal), matrix is not null);
            var expected = numbers.Weights.Read(spec.Name);
            Assert.True(expected.Equals(quantized.Weights.Read(spec.Name)), spec.Name);
            if (matrix is null) continue;
            Assert.True(expected[1].Equals(matrix.DecodeRows(tensor(new[] { 1L }))[0]), spec.Name);
            using var moved = matrix.MovedTo(CPU);
            Assert.True(expected.Equals(moved.Decode(0, moved.Rows)), spec.Name);
        }
    }

    [Theory]
    [InlineData("llama-4-row-v2", 4, 0)]
    [InlineData("gpt2-4", 4, 1)]
    public void AMatrixIsPackedAsTheOraclePackedIt(string name, int bits, int leastZero)
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Path.Combine(GoldenModels.Quantized(name), "model.safetensors"));
        var settings = new GptqSettings(bits, null, LeastZero: leastZero);
        var modules = file.Entries.Select(entry => entry.Name).Where(tensor => tensor.EndsWith(".qweight", StringComparison.Ordinal))
            .Select(tensor => tensor[..^8]);
        Assert.All(modules, module =>
        {
            var stored = new GptqTensors(
                file.ReadBytes(module + ".qweight"), file.ReadBytes(module + ".qzeros"), file.Read(module + ".scales"),
                file.Read(module + ".g_idx"));
            using var matrix = GptqLayout.Unpack(stored, settings, 0, stored.Scales.shape[1]);
            var packed = GptqLayout.Pack(Assert.IsType<IntegerMatrix>(matrix), settings);
            Assert.True(stored.Codes.Equals(packed.Codes) && stored.Zeros.Equals(packed.Zeros), module);
            Assert.True(stored.Scales.Equals(packed.Scales) && stored.Groups!.Equals(packed.Groups!), module);
        });
    }

    // The same numbers are summed in another order: each of the 48 additions of the longest sum may be off by 2^-24 of what is summed,
    // and errors add up over the seven projections of each layer. What is summed is larger than the sum: four times is more than enough.
    [Theory, MemberData(nameof(Quantized))]
    public void LogitsAreThoseOfTheNumbers(string name)
    {
        using var scope = NewDisposeScope();
        using var quantized = LanguageModel.Load(GoldenModels.Quantized(name), "cpu");
        using var numbers = LanguageModel.Load(Path.Combine(GoldenModels.Quantized(name), "numbers"), "cpu");
        Assert.True(quantized.WeightBytes < numbers.WeightBytes);
        int[] tokens = [1, 5, 9, 2, 33, 60, 7, 7, 12, 4, 18];
        foreach (var count in new[] { 3, tokens.Length })    // few vectors go through codes, many through tiles
        {
            var (expected, found) = (numbers.Logits(tokens[..count]), quantized.Logits(tokens[..count]));
            var most = 4 * 7 * numbers.Config.Layers * 48 * MathF.Pow(2, -24) * (1 + expected.abs().max().item<float>());
            Assert.InRange((expected - found).abs().max().item<float>(), 0, most);
        }
    }

    [Fact]
    public void OlderFoldersSayInAFileOfTheirOwnHowTheyAreQuantized()
    {
        Copy("llama-4");
        var config = JsonNode.Parse(File.ReadAllText(_folder["config.json"]))!.AsObject();
        File.WriteAllText(_folder["quantize_config.json"], """{"bits": 4, "group_size": 16, "sym": false, "desc_act": false}""");
        config.Remove("quantization_config");
        File.WriteAllText(_folder["config.json"], config.ToJsonString());
        using var checkpoint = Checkpoint.Open(_folder.Path);
        using var matrix = checkpoint.Weights.ReadQuantized("layers.0.self_attn.q_proj.weight");
        Assert.NotNull(matrix);
    }

    [Theory]
    [InlineData("quant_method", "\"awq\"", "quantized (awq); of these only gptq (bits 4 or 8, safetensors) is read")]
    [InlineData("quant_method", "\"bitsandbytes\"", "quantized (bitsandbytes); of these only gptq")]
    [InlineData("quant_method", "\"fp8\"", "quantized (fp8); of these only gptq")]
    [InlineData("bits", "3", "quantization_config.bits in '*' is 3; it must be 4 or 8")]
    [InlineData("bits", "8", "qweight' in '*' is I32 [4, 32]; the sizes in config.json, 8 bits and group_size 16 need I32 [8, 32]")]
    [InlineData("group_size", "0", "quantization_config.group_size in '*' is 0; it must be a whole number of 1 or more, or -1")]
    [InlineData("group_size", "5", "has 32 inputs and 32 outputs; with 4 bits both must be multiples of 8, and the inputs of group_size")]
    [InlineData("group_size", "32", "qzeros' in '*' is I32 [2, 4]; the sizes in config.json, 4 bits and group_size 32 need I32 [1, 4]")]
    [InlineData("checkpoint_format", "\"marlin\"", "checkpoint_format in '*' is \"marlin\"; it must be gptq or gptq_v2")]
    [InlineData("pack_dtype", "\"int16\"", "pack_dtype in '*' is \"int16\"; it must be int32")]
    public void SettingsThatCannotBeReadAreRefused(string key, string value, string message)
    {
        Copy("llama-4");
        var config = JsonNode.Parse(File.ReadAllText(_folder["config.json"]))!;
        config["quantization_config"]![key] = JsonNode.Parse(value);
        File.WriteAllText(_folder["config.json"], config.ToJsonString());
        AssertRefused(message);
    }

    [Theory]
    [InlineData("qzeros", null, "qzeros' is missing from '*'; a weight in GPTQ's layout needs it as I32 [2, 4]")]
    [InlineData("scales", null, "scales' is missing from '*'; a weight in GPTQ's layout needs it as F16 or BF16 or F32 [2, 32]")]
    [InlineData("qweight", null, "Weight 'model.layers.0.self_attn.q_proj.weight' is missing")]
    [InlineData("scales", "0 0", "scales' in '*' is I32 [2]; the sizes in config.json, 4 bits and group_size 16 need F16 or BF16 or F32")]
    [InlineData("g_idx", "0*16 2*16", "g_idx' in '*' puts an input into group 2; there are groups 0 to 1")]
    [InlineData("g_idx", "0*16 -1*16", "g_idx' in '*' puts an input into group -1; there are groups 0 to 1")]
    [InlineData("g_idx", "0*17 1*15", "g_idx' in '*' puts 17 inputs into group 0; each must have 16, as group_size says")]
    [InlineData("bias", "1*32", "Weight 'model.layers.0.self_attn.q_proj.bias' in '*' has no place")]
    public void MalformedTensorsAreRefused(string part, string? runs, string message)
    {
        using var scope = NewDisposeScope();
        Copy("llama-4");
        Replace($"model.layers.0.self_attn.q_proj.{part}", runs);
        AssertRefused(message);
    }

    [Fact]
    public void AnOrderWithoutGroupsIsRefused()
    {
        using var scope = NewDisposeScope();
        Copy("llama-8-ordered");
        Replace("model.layers.1.mlp.up_proj.g_idx", null);
        AssertRefused("up_proj.g_idx' is missing from '*'");
    }

    private void Copy(string name)
    {
        foreach (var file in Directory.GetFiles(GoldenModels.Quantized(name))) File.Copy(file, _folder[Path.GetFileName(file)]);
    }

    // "0*16 1*16" is sixteen zeros and sixteen ones, in int32; null removes the tensor.
    private void Replace(string name, string? runs)
    {
        Dictionary<string, Tensor> tensors;
        using (var file = SafetensorsFile.Open(_folder["model.safetensors"]))
            tensors = file.Entries.ToDictionary(entry => entry.Name, entry => file.Read(entry.Name));
        if (runs is null) Assert.True(tensors.Remove(name));
        else tensors[name] = tensor(runs.Split(' ').Select(run => run.Split('*')).SelectMany(run =>
            Enumerable.Repeat(int.Parse(run[0], System.Globalization.CultureInfo.InvariantCulture), run.Length == 1 ? 1
                : int.Parse(run[1], System.Globalization.CultureInfo.InvariantCulture))).ToArray());
        SafetensorsWriter.Write(_folder["model.safetensors"], tensors.Select(pair => TensorToStore.From(pair.Key, pair.Value)));
    }

    // A star stands for the path.
    private void AssertRefused(string message)
    {
        var refused = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path).Dispose());
        foreach (var part in message.Split('*')) Assert.Contains(part, refused.Message, StringComparison.Ordinal);
    }
}
