using System.Buffers.Binary;
using System.Text.Json;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>A folder with a Llama of 2 layers and hidden size 32 that knows nothing: seeded weights, one token a byte.</summary>
internal sealed class MadeModel : IDisposable
{
    public const int Vocabulary = 256;
    private static readonly string[] _architectures = ["LlamaForCausalLM"];
    private const int Hidden = 32, FeedForward = 64, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadDim = 8;

    public MadeModel(bool tokenizer = true, int context = 64, bool chat = false)
    {
        Directory.CreateDirectory(Folder);
        Write("config.json", new
        {
            architectures = _architectures,
            model_type = "llama",
            vocab_size = Vocabulary,
            hidden_size = Hidden,
            intermediate_size = FeedForward,
            num_hidden_layers = Layers,
            num_attention_heads = Heads,
            num_key_value_heads = KeyValueHeads,
            max_position_embeddings = context,
            rms_norm_eps = 1e-5,
            rope_theta = 10000.0,
            hidden_act = "silu",
            tie_word_embeddings = true,
        });
        WriteWeights();
        if (tokenizer) WriteTokenizer();
        if (chat)
            Write("tokenizer_config.json", new { chat_template = "{% for m in messages %}{{ m.role[0] }}:{{ m.content }};{% endfor %}a:" });
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"rabbit-made-{Guid.NewGuid():N}");

    public string Weights => Path.Combine(Folder, "model.safetensors");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static IEnumerable<(string Name, int[] Shape)> Shapes()
    {
        yield return ("model.embed_tokens.weight", [Vocabulary, Hidden]);
        for (var i = 0; i < Layers; i++)
        {
            yield return ($"model.layers.{i}.input_layernorm.weight", [Hidden]);
            yield return ($"model.layers.{i}.self_attn.q_proj.weight", [Heads * HeadDim, Hidden]);
            yield return ($"model.layers.{i}.self_attn.k_proj.weight", [KeyValueHeads * HeadDim, Hidden]);
            yield return ($"model.layers.{i}.self_attn.v_proj.weight", [KeyValueHeads * HeadDim, Hidden]);
            yield return ($"model.layers.{i}.self_attn.o_proj.weight", [Hidden, Heads * HeadDim]);
            yield return ($"model.layers.{i}.post_attention_layernorm.weight", [Hidden]);
            yield return ($"model.layers.{i}.mlp.gate_proj.weight", [FeedForward, Hidden]);
            yield return ($"model.layers.{i}.mlp.up_proj.weight", [FeedForward, Hidden]);
            yield return ($"model.layers.{i}.mlp.down_proj.weight", [Hidden, FeedForward]);
        }
        yield return ("model.norm.weight", [Hidden]);
    }

    // safetensors: | header length: uint64 | header: JSON | all tensors, one after the other |
    private void WriteWeights()
    {
        var header = new Dictionary<string, object>();
        var random = new Random(7);
        using var data = new MemoryStream();
        foreach (var (name, shape) in Shapes())
        {
            var begin = data.Length;
            for (var i = shape.Aggregate(1, (a, b) => a * b); i > 0; i--)
                data.Write(BitConverter.GetBytes(shape.Length == 1 ? 1f : random.NextSingle() - 0.5f));
            header[name] = new { dtype = "F32", shape, data_offsets = new[] { begin, data.Length } };
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        File.WriteAllBytes(Weights, [.. length, .. json, .. data.ToArray()]);
    }

    private void WriteTokenizer() => Write("tokenizer.json", new
    {
        version = "1.0",
        added_tokens = Array.Empty<object>(),
        pre_tokenizer = new { type = "ByteLevel", add_prefix_space = false, trim_offsets = true, use_regex = true },
        decoder = new { type = "ByteLevel", add_prefix_space = true, trim_offsets = true, use_regex = true },
        model = new
        {
            type = "BPE", vocab = ByteSigns().Select((sign, i) => (sign, i)).ToDictionary(p => p.sign, p => p.i),
            merges = Array.Empty<string>()
        },
    });

    /// <summary>
    /// The sign that stands for each byte in tokenizer.json: itself if it is visible, else one from U+0100 on (GPT-2, bytes_to_unicode).
    /// </summary>
    private static IEnumerable<string> ByteSigns()
    {
        var next = 0x100;
        for (var b = 0; b < 256; b++)
            yield return ((char)(b is >= 33 and <= 126 or >= 161 and <= 172 or >= 174 ? b : next++)).ToString();
    }

    private void Write(string file, object content) => File.WriteAllText(Path.Combine(Folder, file), JsonSerializer.Serialize(content));
}
