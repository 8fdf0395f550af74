using System.Text.Json;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class GgufWriterTests : IDisposable
{
    // The tiny tokenizer has seven tokens; row 7 and 8 of the embedding table are unused.
    private static readonly DecoderConfig Config =
        DecoderConfig.Llama(vocabulary: 9, hidden: 32, layers: 1, heads: 4, keyValueHeads: 2, feedForward: 48, context: 32);

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder["model.gguf"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheHeaderIsReadByHuggingFace()
    {
        Save(defaults: new() { EosTokenIds = [0] });
        Convert(GgufType.Q8);

        var header = JsonDocument.Parse(NpmPackages.RunScript("gguf-header.mjs", Out)).RootElement;

        var metadata = header.GetProperty("metadata");
        Assert.Equal(
            (3, "llama", 32, 7),
            (Number(metadata, "version"), Text(metadata, "general.architecture"),
                Number(metadata, "llama.context_length"), Number(metadata, "general.file_type")));
        Assert.Equal(
            ["<|end|>", "a", "b", "c", "ab", "Ċ", "plain", "[PAD7]", "[PAD8]"],
            metadata.GetProperty("tokenizer.ggml.tokens").EnumerateArray().Select(token => token.GetString()));
        Assert.Equal(
            [3, 1, 1, 1, 1, 1, 4, 5, 5],
            metadata.GetProperty("tokenizer.ggml.token_type").EnumerateArray().Select(kind => kind.GetInt32()));
        Assert.Equal(["a b"], metadata.GetProperty("tokenizer.ggml.merges").EnumerateArray().Select(merge => merge.GetString()));
        Assert.Equal(
            (0, false),
            (Number(metadata, "tokenizer.ggml.eos_token_id"), metadata.GetProperty("tokenizer.ggml.add_bos_token").GetBoolean()));
        var tensors = header.GetProperty("tensors").EnumerateArray().ToDictionary(tensor => Text(tensor, "name"));
        Assert.Equal(WeightMap.For(Config).Count, tensors.Count);
        // 48 is no multiple of a block's 32.
        Assert.Equal(
            ("Q8_0", "F16", "F32"),
            (Text(tensors["token_embd.weight"], "type"), Text(tensors["blk.0.ffn_down.weight"], "type"),
                Text(tensors["output_norm.weight"], "type")));
        Assert.Equal([48, 32], tensors["blk.0.ffn_down.weight"].GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        Assert.All(tensors.Values, tensor => Assert.Equal(0, Number(tensor, "offset") % 32));
        Assert.Equal(0, Number(header, "dataOffset") % 32);
    }

    [Fact]
    public void TheFileBeginsWithItsMagicAndVersion()
    {
        Save();
        Convert(GgufType.F16);
        Assert.Equal("GGUF\u0003\0\0\0"u8, File.ReadAllBytes(Out).AsSpan(0, 8));
        Assert.Equal(0, new FileInfo(Out).Length % 32);
    }

    // A head of 8 in transformers: channel i turns with channel i + 4. In GGUF the two stand side by side.
    [Fact]
    public void QueriesAndKeysAreInterleaved()
    {
        using var scope = NewDisposeScope();
        Save(weight: spec => spec.Shape.Length == 1
            ? ones(spec.Shape)
            : arange(spec.Shape[0]).to(ScalarType.Float32).unsqueeze(1).expand(spec.Shape).contiguous());
        Convert(GgufType.F32);
        var rows = RowsOf("blk.0.attn_k.weight", count: 16);
        Assert.Equal([0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15], rows);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (float)i), RowsOf("blk.0.attn_v.weight", count: 16));
    }

    [Fact]
    public void AModelWithoutATokenizerIsRefused()
    {
        Save();
        File.Delete(_folder["tokenizer.json"]);
        Refuses("has no tokenizer.json, and a GGUF file needs its vocabulary and merges");
    }

    [Theory]
    [InlineData(
        "\"add_prefix_space\": false", "\"add_prefix_space\": true", "The pre_tokenizer of tokenizer.json, {\"type\":\"ByteLevel\"")]
    [InlineData(
        "\"ignore_merges\": false", "\"ignore_merges\": true",
        "Tokenizers that split like those of gpt-2, smollm, qwen2, smaug-bpe, llama-bpe can be converted.")]
    [InlineData("\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}", "The normalizer of tokenizer.json")]
    [InlineData("\"rstrip\": false", "\"rstrip\": true", "The added token '<|end|>'")]
    public void ATokenizerThatLlamaCppDoesNotKnowIsRefused(string part, string other, string because)
    {
        Save();
        _folder.Write("tokenizer.json", TinyTokenizer.Json.Replace(part, other, StringComparison.Ordinal));
        Refuses(because);
    }

    [Theory]
    [InlineData(
        """[{"type": "Digits", "individual_digits": true}, {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true}]""",
        "smollm")]
    [InlineData(
        """[{"type": "Split", "pattern": {"Regex": "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}""" +
        """| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"}, "behavior": "Isolated", "invert": false},""" +
        """ {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]""",
        "qwen2")]
    public void SplitsAreFoundByTheirPattern(string steps, string name)
    {
        var json = TinyTokenizer.Json.Replace(
            """{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},""" + "\n  \"decoder\"",
            $$"""{"type": "Sequence", "pretokenizers": {{steps}}},""" + "\n  \"decoder\"", StringComparison.Ordinal);
        Assert.Contains("Sequence", json, StringComparison.Ordinal);
        Assert.Equal(name, GgufPreTokenizer.NameOf(ByteLevelBpe.Parse(json).Parts));
    }

    [Fact]
    public void AWindowIsRefused()
    {
        Save(Config with { Architecture = "mistral", SlidingWindow = 8 });
        Refuses("a sliding window of 8, and there every token sees all before it. " +
            "Models without such settings can be converted.");
    }

    [Fact]
    public void WritingOntoAFolderIsRefused()
    {
        Save();
        using var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Contains(
            "is a folder", Assert.Throws<CheckpointException>(() => GgufWriter.Write(checkpoint, GgufType.F32, _folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedWeightsAreRefused()
    {
        Save();
        var bytes = File.ReadAllBytes(_folder["model.safetensors"]);
        bytes[^20] ^= 0x5a;
        _folder.Write("model.safetensors", bytes);
        Refuses("The hash of model.safetensors");
    }

    [Fact]
    public void AFailureHalfWayKeepsTheOldFile()
    {
        Save(weight: spec => full(spec.Shape, 1e9f));   // embeddings come first and are too large for float16
        _folder.Write("model.gguf", "old");
        Refuses("f16 ends below 65520", GgufType.F16);
        Assert.Equal("old", File.ReadAllText(Out));
    }

    [Fact]
    public void CancellingLeavesNothing()
    {
        Save();
        using var checkpoint = Checkpoint.Open(_folder.Path);
        var before = Directory.GetFiles(_folder.Path);
        Assert.Throws<OperationCanceledException>(
            () => GgufWriter.Write(checkpoint, GgufType.F32, Out, cancellation: new CancellationToken(canceled: true)));
        Assert.Equal(before, Directory.GetFiles(_folder.Path));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private void Save(DecoderConfig? config = null, GenerationDefaults? defaults = null, Func<WeightSpec, Tensor>? weight = null)
    {
        using var scope = NewDisposeScope();
        config ??= Config;
        weight ??= spec => ones(spec.Shape);
        Checkpoint.Save(
            _folder.Path, config, WeightMap.For(config).ToDictionary(spec => spec.Name, weight), TinyTokenizer.Create(), defaults: defaults,
            dtype: ScalarType.Float32);
    }

    private void Convert(GgufType type)
    {
        using var checkpoint = Checkpoint.Open(_folder.Path);
        GgufWriter.Write(checkpoint, type, Out);
    }

    private void Refuses(string because, GgufType? type = null)
    {
        var files = Directory.GetFiles(_folder.Path);
        Assert.Contains(because, Assert.Throws<CheckpointException>(() => Convert(type ?? GgufType.F32)).Message, StringComparison.Ordinal);
        Assert.Equal(files, Directory.GetFiles(_folder.Path));
    }

    /// <summary>The first number of each row of a float32 tensor of width 32.</summary>
    private float[] RowsOf(string name, int count)
    {
        var tensors = GgufWeights.For(Config, GgufType.F32);
        var before = tensors.TakeWhile(tensor => tensor.Name != name).Sum(tensor => GgufHeader.Aligned(tensor.Length));
        var all = tensors.Sum(tensor => GgufHeader.Aligned(tensor.Length));
        var data = File.ReadAllBytes(Out)[^(int)all..];
        return [.. Enumerable.Range(0, count).Select(row => BitConverter.ToSingle(data, (int)before + (row * 32 * sizeof(float))))];
    }
}
