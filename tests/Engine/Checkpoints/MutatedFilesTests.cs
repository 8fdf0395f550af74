using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>
/// Thousands of damaged files: each is read, or refused with the exception that the reader documents and with the file's name.
/// </summary>
public sealed class MutatedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("config.json")]
    [InlineData("generation_config.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("model.safetensors.index.json")]
    public void DamagedFilesOfACheckpointAreRefusedByName(string file)
    {
        var original = Encoding.UTF8.GetBytes(Content(file));
        var mutator = new JsonMutator(seed: 5);
        for (var i = 0; i < MutationCount.OfEachFormat; i++)
        {
            _folder.Write(file, mutator.Damage(original));
            AssertReadOrRefused(file, () => Read(file));
        }
    }

    [Fact]
    public void DamagedHeadersOfSafetensorsAreRefusedByName()
    {
        var header =
            ("""{"__metadata__":{"format":"pt","x":"y"},"a.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}"""u8 +
            ""","b.bias":{"dtype":"BF16","shape":[4],"data_offsets":[16,24]}}"""u8).ToArray();
        var mutator = new JsonMutator(seed: 7);
        for (var i = 0; i < MutationCount.OfEachFormat; i++)
        {
            _folder.Write("model.safetensors", SafetensorsBytes.File(mutator.Damage(header), new byte[24]));
            AssertReadOrRefused("model.safetensors", () => SafetensorsFile.Open(_folder["model.safetensors"]).Dispose());
        }
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    public void DamagedFoldersOfQuantizedWeightsAreRefusedByName(string file)
    {
        CopyQuantized();
        var original = File.ReadAllBytes(_folder[file]);
        var header = file == "config.json" ? original.Length : 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(original);
        var mutator = new JsonMutator(seed: 11);
        for (var i = 0; i < MutationCount.OfEachFormat / 10; i++)
        {
            var damaged = mutator.Damage(file == "config.json" ? original : original[8..header]);
            _folder.Write(file, file == "config.json" ? damaged : SafetensorsBytes.File(damaged, original[header..]));
            AssertReadOrRefused(_folder.Path, ReadAll);
        }

        void ReadAll()
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            using var checkpoint = Checkpoint.Open(_folder.Path);
            checkpoint.ReadWeights();
        }
    }

    [Fact]
    public void DamagedGroupsOfQuantizedWeightsAreRefusedByName()
    {
        CopyQuantized();
        const string Weights = "model.safetensors";
        var original = File.ReadAllBytes(_folder[Weights]);
        SafetensorsEntry groups;
        using (var opened = SafetensorsFile.Open(_folder[Weights])) groups = opened["model.layers.0.self_attn.v_proj.g_idx"];
        var random = new Random(13);
        for (var i = 0; i < MutationCount.OfEachFormat / 10; i++)
        {
            var damaged = original.ToArray();
            damaged[groups.Offset + random.Next((int)groups.Length)] = (byte)random.Next(256);
            _folder.Write(Weights, damaged);
            AssertReadOrRefused(Weights, () => Checkpoint.Open(_folder.Path).Dispose());
        }
    }

    private void CopyQuantized()
    {
        foreach (var path in Directory.GetFiles(GoldenModels.Quantized("llama-8-ordered")))
            File.Copy(path, _folder[Path.GetFileName(path)]);
    }

    private static void AssertReadOrRefused(string file, Action read)
    {
        var refused = Record.Exception(read);
        if (refused is null) return;
        Assert.True(refused is CheckpointException, refused.ToString());
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.InRange(refused.Message.Length, 20, 4_000);
    }

    private void Read(string file)
    {
        switch (file)
        {
            case "config.json": ConfigReader.Read(JsonSection.Open(_folder[file])); break;
            case "generation_config.json": GenerationDefaults.Read(_folder[file]); break;
            case "model.safetensors.index.json": SafetensorsIndex.Open(_folder.Path).Dispose(); break;
            default: TokenizerConfig.Read(_folder.Path); break;
        }
    }

    private static string Content(string file) => file switch
    {
        "config.json" => File.ReadAllText(Path.Combine(Repository.Alice, file)),
        "generation_config.json" =>
            """{"bos_token_id": 1, "do_sample": true, "eos_token_id": [2, 3], "temperature": 0.6, "top_p": 0.9, "top_k": 40,""" +
            """ "repetition_penalty": 1.1, "max_new_tokens": 8}""",
        "model.safetensors.index.json" =>
            """{"metadata": {"total_size": 24}, "weight_map": {"a.weight": "model-1.safetensors", "b.bias": "model-2.safetensors"}}""",
        _ => new JsonObject
        {
            ["added_tokens_decoder"] = new JsonObject { ["0"] = new JsonObject { ["content"] = "<s>", ["special"] = true } },
            ["bos_token"] = "<s>",
            ["eos_token"] = new JsonObject { ["content"] = "</s>", ["lstrip"] = false },
            ["additional_special_tokens"] = new JsonArray("<a>", new JsonObject { ["content"] = "<b>" }),
            ["extra_special_tokens"] = new JsonObject { ["image_token"] = "<image>" },
            ["chat_template"] = new JsonArray(new JsonObject { ["name"] = "default", ["template"] = "{{ bos_token }}" }),
        }.ToJsonString(),
    };
}
