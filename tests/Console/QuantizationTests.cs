using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>Weights in few bits, from the command line.</summary>
public sealed class QuantizationTests : IDisposable
{
    private static readonly string Draft = Path.Combine(Rabbit.Root, "data/models/alice-draft");

    private readonly string _folder = Directory.CreateTempSubdirectory("rabbit-quantization-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("f32")]
    [InlineData("q8_0")]
    [InlineData("q4_k")]
    public void AGgufFileIsAModel(string type)
    {
        var file = Path.Combine(_folder, "draft.gguf");
        Assert.Equal(0, Rabbit.Run("convert", "--model", Draft, "--to", "gguf", "--type", type, "--out", file).ExitCode);
        var tokens = Tokens("--model", file);
        Assert.Equal(12, tokens.Count);
        if (type == "f32") Assert.Equal(Tokens("--model", Draft), tokens);
    }

    [Theory]
    [InlineData("int8")]
    [InlineData("int4")]
    public void WeightsAreQuantizedAsTheyAreRead(string bits) =>
        Assert.Equal(12, Tokens("--model", Draft, "--quantize", bits).Count);

    [Fact]
    public void AnotherNumberOfBitsIsRefused() =>
        Rabbit.Run("generate", "--prompt", "x", "--quantize", "int5").IsRefused(2, "int5");

    [Theory]
    [InlineData("gptq")]
    [InlineData("awq")]
    [InlineData("nearest")]
    public void AModelIsWrittenInFourBits(string method)
    {
        var file = Path.Combine(_folder, $"{method}.gguf");
        var text = Path.Combine(_folder, "text.txt");
        File.WriteAllText(text, string.Join('\n', Enumerable.Range(0, 60).Select(i => $"The cat of house {i} is in the garden.")));
        var outcome = Rabbit.Run("quantize", "--model", Draft, "--method", method, "--calibration", text, "--out", file);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.StartsWith($"{file}: llama, q4_0 by {method}, ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(12, Tokens("--model", file).Count);
    }

    [Theory]
    [InlineData("gptq", "--group-size", "16")]
    [InlineData("awq", "--bits", "8", "--group-size", "16")]
    [InlineData("nearest", "--asymmetric", "--group-size", "8")]
    public void AFolderIsWrittenInFewBits(string method, params string[] options)
    {
        var (folder, text) = (Path.Combine(_folder, method), Path.Combine(_folder, "text.txt"));
        File.WriteAllText(text, string.Join('\n', Enumerable.Range(0, 60).Select(i => $"The cat of house {i} is in the garden.")));
        var outcome = Rabbit.Run([
            "quantize", "--model", Draft, "--to", "safetensors", "--method", method, "--calibration", text, .. options, "--out", folder]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Matches($"^{folder}: llama, [48] bits in groups of [0-9]+ by {method}, ", outcome.Output);
        Assert.Equal(12, Tokens("--model", folder).Count);
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config.json")));
        var section = config.RootElement.GetProperty("quantization_config");
        Assert.Equal("gptq", section.GetProperty("quant_method").GetString());
        Assert.Equal(method != "nearest", section.GetProperty("sym").GetBoolean());
    }

    [Theory]
    [InlineData("--asymmetric")]
    [InlineData("--group-size", "64")]
    public void OptionsOfSafetensorsAreRefusedForGguf(params string[] options) => Rabbit.Run(
        ["quantize", "--model", Draft, .. options, "--out", Path.Combine(_folder, "none.gguf")]).IsRefused(2, "needs --to safetensors");

    [Fact]
    public void WritingAFolderOntoAFileIsRefused()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "x");
        Rabbit.Run("quantize", "--model", Draft, "--to", "safetensors", "--out", file).IsRefused(1, "is a file; a folder is to be written");
    }

    [Fact]
    public void AFolderOfOtherFilesOrTheModelItselfIsNotWrittenInto()
    {
        var notes = Directory.CreateDirectory(Path.Combine(_folder, "notes")).FullName;
        File.WriteAllText(Path.Combine(notes, "notes.txt"), "x");
        Rabbit.Run("quantize", "--model", Draft, "--to", "safetensors", "--method", "nearest", "--out", notes)
            .IsRefused(1, "holds files but no config.json");
        Assert.Equal(["notes.txt"], Directory.EnumerateFiles(notes).Select(Path.GetFileName));
        Rabbit.Run("quantize", "--model", Draft, "--to", "safetensors", "--method", "nearest", "--out", Draft)
            .IsRefused(1, "is the model that is read");
    }

    [Fact]
    public void ATextThatIsTooShortIsRefused()
    {
        var text = Path.Combine(_folder, "text.txt");
        File.WriteAllText(text, "A cat.");
        var file = Path.Combine(_folder, "none.gguf");
        Rabbit.Run("quantize", "--model", Draft, "--calibration", text, "--out", file).IsRefused(1, "Give a longer text");
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void ATextThatIsMissingOrAFolderIsRefused()
    {
        var (text, file) = (Path.Combine(_folder, "missing.txt"), Path.Combine(_folder, "none.gguf"));
        Rabbit.Run("quantize", "--model", Draft, "--calibration", text, "--out", file)
            .IsRefused(1, $"File '{text}' does not exist. Check the path, or name another text file.");
        Rabbit.Run("quantize", "--model", Draft, "--calibration", _folder, "--out", file)
            .IsRefused(1, "is a folder; a text file is needed. Name a file in it.");
    }

    [Fact]
    public void TheTableHasARowForEachQuantization()
    {
        var text = Path.Combine(_folder, "text.txt");
        File.WriteAllText(text, string.Join('\n', Enumerable.Range(0, 60).Select(i => $"The cat of house {i} is in the garden.")));
        var outcome = Rabbit.Run(
            "bench", "quantization", "--model", Draft, "--file", text, "--tokens", "300", "--repeat", "1", "--format", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        double Of(string row, string value) => rows[row].GetProperty(value).GetDouble();
        Assert.Equal(1, Of("float32", "top1_agreement"));
        Assert.Equal(32, Of("float32", "bits_per_weight"));
        Assert.True(Of("GGUF q8_0", "top1_agreement") > Of("int2, 32", "top1_agreement"));
        Assert.True(Of("int8 a row", "bytes") < Of("float32", "bytes"));
        Assert.True(rows.Count >= 20);
    }

    private static List<int> Tokens(params string[] model)
    {
        var outcome = Rabbit.Run(
            ["generate", .. model, "--prompt", "Once upon a time", "--max-tokens", "12", "--temperature", "0", "--format", "json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return [.. json.RootElement.GetProperty("tokens").EnumerateArray().Select(id => id.GetInt32())];
    }
}
