using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class LanguageModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Llama writes the mark at the beginning in its template and adds it in its post-processor too: there must be one. Mistral and Zephyr
    // end each answer with eos_token.
    [Theory]
    [InlineData("\"<|bos|>\"", "\"<|eos|>\"", "tokenizer_config.json")]
    [InlineData("{\"content\": \"<|bos|>\", \"special\": true}", "{\"content\": \"<|eos|>\"}", "tokenizer_config.json")]
    [InlineData("\"<|bos|>\"", "\"<|eos|>\"", "special_tokens_map.json")]
    public void AChatTemplateKnowsTheSpecialTokensAndBeginsOnce(string bos, string eos, string file)
    {
        const string Template = "{{ bos_token }}{% for m in messages %}{{ m.content + eos_token }}{% endfor %}";
        _folder.Write("tokenizer_config.json", "{}");
        _folder.Write(file, $"{{\"bos_token\": {bos}, \"eos_token\": {eos}}}");
        var config = TokenizerConfig.Read(_folder.Path);
        var template = ChatTemplate.Parse(Template).With(config.SpecialTokens);

        Assert.Equal("<|bos|>Hi<|eos|>", template.Render([new("user", "Hi")]));
        var other = new Dictionary<string, object?> { ["bos_token"] = "<|other|>" };
        Assert.Equal("<|other|>Hi<|eos|>", template.Render([new("user", "Hi")], variables: other));
    }

    [Theory]
    [InlineData("", "[<start_of_turn>user\nYou have access to functions.")]
    [InlineData("{# tools are written elsewhere #}", "[<start_of_turn>user\nTime?")]
    public void AToolIsOfferedInWordsWhereGemmasTemplateKnowsNone(string comment, string beginning)
    {
        var tokenizer = BpeTrainer.Train(
            ["time"], new BpeTrainingOptions { VocabularySize = 258, SpecialTokens = ["<start_of_turn>", "<end_of_turn>"] });
        var template = ChatTemplate.Parse(
            "[{% for m in messages %}<start_of_turn>{{ m.role + '\n' + m.content }}<end_of_turn>{% endfor %}]" + comment);
        using var model = new LanguageModel(GoldenModels.Load("llama").Decoder, tokenizer, template);
        Assert.StartsWith(beginning, tokenizer.Decode(model.EncodeChat([new("user", "Time?")], [new Clock()])), StringComparison.Ordinal);
    }

    private sealed class Clock : IToolSignature
    {
        public string Name => "clock";

        public string Description => "tells the time";

        public IReadOnlyList<string> Parameters => [];
    }

    [Fact]
    public void AModelDisposedBeforeItsUseSaysItsName()
    {
        var model = GoldenModels.Load("llama");
        var generator = new TextGenerator(model);
        model.Dispose();
        model.Dispose();
        foreach (var use in new Action[]
        {
            () => generator.Generate([1, 2]), () => model.Logits([1, 2]), () => model.CreateCache(),
            () => generator.StreamAsync([1, 2]),
        })
            Assert.Contains("The model 'llama' was disposed", Assert.Throws<ObjectDisposedException>(use).Message);
        Assert.Throws<ObjectDisposedException>(() => model.Decoder.call(tensor(new long[] { 1 }, 1, 1), new ForwardPass()));
    }

    [Fact]
    public async Task AModelDisposedDuringAStreamSaysItsName()
    {
        var model = GoldenModels.Load("llama");
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            var options = new GenerationOptions { MaxTokens = 60, StopTokens = [] };
            await foreach (var _ in new TextGenerator(model).StreamAsync([1, 2, 3], options, TestContext.Current.CancellationToken))
                model.Dispose();
        });
        Assert.Contains("The model 'llama' was disposed", error.Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AWeightThatIsNotANumberIsNamed(float bad)
    {
        using var model = GoldenModels.Load("llama");
        using (no_grad())
        {
            var (_, weight) = model.Decoder.named_parameters()
                .First(parameter => parameter.name.Contains("layers.1.self_attn.k_proj", StringComparison.Ordinal));
            using var place = weight[0, 0];
            place.fill_(bad);
        }
        var generator = new TextGenerator(model);
        foreach (var use in new Action[] { () => generator.Generate([1, 2]), () => model.Logits([1, 2]).Dispose() })
            Assert.Contains(
                "Its weight 'layers.1.self_attn.k_proj.weight' holds NaN or infinity", Assert.Throws<LogitsException>(use).Message);
    }

    [Fact]
    public void AModelThatCannotBeLoadedLeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.Alice)) File.Copy(file, folder[Path.GetFileName(file)]);
        using (var weights = File.OpenWrite(folder["model.safetensors"]))
        {
            weights.Seek(-100, SeekOrigin.End);
            weights.WriteByte(0x5a);
        }
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Assert.Throws<CheckpointException>(() => LanguageModel.Load(folder.Path, "cpu"));

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
