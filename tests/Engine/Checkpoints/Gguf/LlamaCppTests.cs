using System.Numerics.Tensors;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Checkpoints.Gguf;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>GGUF files as llama.cpp itself reads them. Skipped where npm cannot install it.</summary>
public sealed class LlamaCppTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Models => GoldenModels.InLlamaCpp;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AliceSplitsTextsAsInLlamaCpp()
    {
        using var alice = Checkpoint.Open(Repository.Alice);
        using var theirs = Convert(alice, GgufType.Q8);
        var texts = TokenizerTexts.WellFormed;
        Assert.True(texts.Length >= 200, $"only {texts.Length} texts");
        Assert.All(texts, text => Assert.Equal(alice.Tokenizer!.Encode(text), theirs.Tokenize(text)));
    }

    [Fact]
    public void AliceContinuesAsInLlamaCpp()
    {
        using var alice = LanguageModel.Load(Repository.Alice, "cpu");
        using var checkpoint = Checkpoint.Open(Repository.Alice);
        using var theirs = Convert(checkpoint, GgufType.F32);
        var generator = new TextGenerator(alice);
        Assert.All(Prompts(alice), prompt =>
        {
            var ours = generator.Generate(prompt, new GenerationOptions { MaxTokens = 32 }).Tokens;
            Assert.Equal(ours.Where(id => !alice.Defaults.EosTokenIds.Contains(id)), theirs.Continue(prompt, 32));
        });
    }

    [Fact]
    public void AlicesEndTokensAndTemplateArrive()
    {
        using var alice = Checkpoint.Open(Repository.Alice);
        using var theirs = Convert(alice, GgufType.Q8);
        Assert.Equal(alice.Defaults.EosTokenIds.Order(), Enumerable.Range(0, theirs.VocabularySize).Where(theirs.EndsGeneration));
        Assert.Equal(alice.ChatTemplateText, theirs.ChatTemplate);
    }

    // llama.cpp computes the GELU of GPT-2 and Gemma by a table in float16, and with matrices in f16 or q8_0 rounds what it multiplies
    // them with likewise. Float16 has 11 bits and a block's bytes have 7; a few of them are lost over two layers.
    [Theory, MemberData(nameof(Models))]
    public void LogitsAreThoseOfLlamaCpp(string name)
    {
        using var scope = NewDisposeScope();
        WithTokenizer(name);
        using var checkpoint = Checkpoint.Open(_folder.Path);
        using var model = LanguageModel.Load(_folder.Path, "cpu");
        var tokens = GoldenModels.Expected(name).Tokens;
        var expected = model.Logits(tokens).data<float>().ToArray();
        var hasGelu = name == "gpt2" || name.StartsWith("gemma", StringComparison.Ordinal);
        Assert.All([(GgufType.F32, hasGelu ? 8 : 16), (GgufType.F16, 7), (GgufType.Q8, 3)], pair =>
        {
            var (type, bits) = pair;
            using var theirs = Convert(checkpoint, type);
            var difference = TensorPrimitives.Distance(expected, theirs.Logits(tokens)) / TensorPrimitives.Norm(expected);
            TestContext.Current.SendDiagnosticMessage($"{name} {type.Name}: {Math.Log2(difference)} bits");
            Assert.True(difference < Math.Pow(2, -bits), $"{type.Name}: a relative difference of {difference}");
        });
    }

    // llama.cpp rounds what it multiplies quantized weights with to eight bits, in blocks; we do not.
    [Theory]
    [InlineData("bf16", 7)]
    [InlineData("q4_0", 5)]
    [InlineData("q4_k", 5)]
    [InlineData("q5_k", 5)]
    [InlineData("q6_k", 5)]
    public void AFileOfEveryTypeGivesTheLogitsOfLlamaCpp(string type, int bits)
    {
        using var alice = Checkpoint.Open(Repository.Alice);
        using var theirs = Convert(alice, GgufType.Find(type)!);
        AssertAlike(type, _folder["model.gguf"], theirs, bits);
    }

    // ggml's numbers of files: mostly q4_0, q8_0, and the mixtures Q4_K_M, Q5_K_M and Q6_K.
    [Theory]
    [InlineData(2, 5)]
    [InlineData(7, 5)]
    [InlineData(15, 5)]
    [InlineData(17, 5)]
    [InlineData(18, 5)]
    public unsafe void AFileThatLlamaCppQuantizedGivesItsLogits(int fileType, int bits)
    {
        using (var alice = Checkpoint.Open(Repository.Alice)) GgufWriter.Write(alice, GgufType.F32, _folder["model.gguf"]);
        NpmPackages.Folder(LlamaCppLibrary.Package);
        var options = LlamaCppLibrary.DefaultQuantizationOptions();
        (options.Threads, options.FileType) = (1, fileType);
        var (from, to) = (Utf8(_folder["model.gguf"]), Utf8(_folder["theirs.gguf"]));
        fixed (byte* source = from)
        fixed (byte* target = to) Assert.Equal(0u, LlamaCppLibrary.QuantizeModel(source, target, &options));
        using var theirs = new LlamaCppModel(_folder["theirs.gguf"]);
        AssertAlike($"file type {fileType}", _folder["theirs.gguf"], theirs, bits);
    }

    private static byte[] Utf8(string text) => [.. System.Text.Encoding.UTF8.GetBytes(text), 0];

    private static void AssertAlike(string what, string file, LlamaCppModel theirs, int bits)
    {
        using var scope = NewDisposeScope();
        using var ours = LanguageModel.Load(file, "cpu");
        int[] tokens = ours.Tokenizer.Encode("Once upon a time there was a cat who lived in Rome.");
        var expected = ours.Logits(tokens).data<float>().ToArray();
        var difference = TensorPrimitives.Distance(expected, theirs.Logits(tokens)) / TensorPrimitives.Norm(expected);
        TestContext.Current.SendDiagnosticMessage($"{what}: {Math.Log2(difference)} bits");
        Assert.True(difference < Math.Pow(2, -bits), $"{what}: a relative difference of {difference}");
        Assert.Equal(tokens, theirs.Tokenize("Once upon a time there was a cat who lived in Rome."));
    }

    private LlamaCppModel Convert(Checkpoint checkpoint, GgufType type)
    {
        GgufWriter.Write(checkpoint, type, _folder["model.gguf"]);
        return new LlamaCppModel(_folder["model.gguf"]);
    }

    // The golden models have neither a tokenizer nor, in GGUF, a window.
    private void WithTokenizer(string name)
    {
        using var golden = Checkpoint.Open(GoldenModels.Folder(name));
        var weights = WeightMap.Load(golden.Weights, golden.Config).ToDictionary(weight => weight.Name, weight => weight.Weight);
        Checkpoint.Save(
            _folder.Path, GoldenModels.WithoutWindow(golden.Config), weights, TinyTokenizer.Create(), dtype: ScalarType.Float32);
    }

    private static IEnumerable<int[]> Prompts(LanguageModel model)
    {
        string[] texts =
        [
            "The capital of France is", "One, two, three,", "Once upon a time", "A cat is", "Seven plus five is", "Italy",
            "\"", "Alice", "In the morning", "Water",
        ];
        string[] questions =
        [
            "What is the capital of Italy?", "Who are you?", "What is gravity?", "Hello!", "What is 12 + 7?",
            "Write the word cat backwards.", "What is a dog?", "Which is larger, 3 or 8?", "Tell me a story.", "Thank you.",
        ];
        return
        [
            .. texts.Select(text => model.Tokenizer!.Encode(text)),
            .. questions.Select(question => model.EncodeChat([new("user", question)])),
        ];
    }
}
