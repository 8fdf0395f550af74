using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Tests;

/// <summary>
/// llama.cpp's own C functions, from the version that tests/Oracles/package-lock.json names; its include/llama.h describes them.
/// </summary>
internal static unsafe class LlamaCppLibrary
{
    /// <summary>Where its native libraries come from.</summary>
    public const string Package = "@node-llama-cpp/linux-x64";

    private const string Version = "v0.5.0";

    private static readonly nint _llama =
        Load($"libllama.{Version}.so"), _ggml = Load($"libggml.{Version}.so"), _base = Load("libggml-base.so");

    public static readonly delegate* unmanaged<int, float*, void*, long, long, long, float*, nuint> QuantizeChunk =
        (delegate* unmanaged<int, float*, void*, long, long, long, float*, nuint>)Of(_base, "ggml_quantize_chunk");

    /// <summary>ggml's struct ggml_type_traits of a type; see <see cref="Decoder"/>.</summary>
    private static readonly delegate* unmanaged<int, byte*> TraitsOf =
        (delegate* unmanaged<int, byte*>)Of(_base, "ggml_get_type_traits");

    public static readonly delegate* unmanaged<float*, void*, long, void> ToHalf =
        (delegate* unmanaged<float*, void*, long, void>)Of(_base, "ggml_fp32_to_fp16_row");

    public static readonly delegate* unmanaged<ModelOptions> DefaultModelOptions =
        (delegate* unmanaged<ModelOptions>)Of(_llama, "llama_model_default_params");

    public static readonly delegate* unmanaged<byte*, ModelOptions, nint> LoadModel =
        (delegate* unmanaged<byte*, ModelOptions, nint>)Of(_llama, "llama_model_load_from_file");

    public static readonly delegate* unmanaged<nint, void> FreeModel = (delegate* unmanaged<nint, void>)Of(_llama, "llama_model_free");

    public static readonly delegate* unmanaged<nint, nint> VocabularyOf =
        (delegate* unmanaged<nint, nint>)Of(_llama, "llama_model_get_vocab");

    public static readonly delegate* unmanaged<nint, byte*, byte*> ChatTemplateOf =
        (delegate* unmanaged<nint, byte*, byte*>)Of(_llama, "llama_model_chat_template");

    public static readonly delegate* unmanaged<nint, int> VocabularySize =
        (delegate* unmanaged<nint, int>)Of(_llama, "llama_vocab_n_tokens");

    public static readonly delegate* unmanaged<nint, int, byte> EndsGeneration =
        (delegate* unmanaged<nint, int, byte>)Of(_llama, "llama_vocab_is_eog");

    public static readonly delegate* unmanaged<nint, byte*, int, int*, int, byte, byte, int> Tokenize =
        (delegate* unmanaged<nint, byte*, int, int*, int, byte, byte, int>)Of(_llama, "llama_tokenize");

    public static readonly delegate* unmanaged<ContextOptions> DefaultContextOptions =
        (delegate* unmanaged<ContextOptions>)Of(_llama, "llama_context_default_params");

    public static readonly delegate* unmanaged<nint, ContextOptions, nint> CreateContext =
        (delegate* unmanaged<nint, ContextOptions, nint>)Of(_llama, "llama_init_from_model");

    public static readonly delegate* unmanaged<nint, void> FreeContext = (delegate* unmanaged<nint, void>)Of(_llama, "llama_free");

    public static readonly delegate* unmanaged<nint, nint> MemoryOf = (delegate* unmanaged<nint, nint>)Of(_llama, "llama_get_memory");

    public static readonly delegate* unmanaged<nint, byte, void> ClearMemory =
        (delegate* unmanaged<nint, byte, void>)Of(_llama, "llama_memory_clear");

    public static readonly delegate* unmanaged<int, int, int, Batch> CreateBatch =
        (delegate* unmanaged<int, int, int, Batch>)Of(_llama, "llama_batch_init");

    public static readonly delegate* unmanaged<Batch, void> FreeBatch = (delegate* unmanaged<Batch, void>)Of(_llama, "llama_batch_free");

    public static readonly delegate* unmanaged<nint, Batch, int> Decode = (delegate* unmanaged<nint, Batch, int>)Of(_llama, "llama_decode");

    public static readonly delegate* unmanaged<nint, int, float*> LogitsOf =
        (delegate* unmanaged<nint, int, float*>)Of(_llama, "llama_get_logits_ith");

    /// <summary>What llama.cpp complained of since it was last asked.</summary>
    public static string Complaints
    {
        get
        {
            var said = string.Concat(_said);
            _said.Clear();
            return said;
        }
    }

    private static readonly List<string> _said = [];

    static LlamaCppLibrary()
    {
        ((delegate* unmanaged<delegate* unmanaged<int, byte*, void*, void>, void*, void>)Of(_llama, "llama_log_set"))(&Listen, null);
        var folder = Marshal.StringToCoTaskMemUTF8(Folder());
        ((delegate* unmanaged<byte*, void>)Of(_ggml, "ggml_backend_load_all_from_path"))((byte*)folder);
        Marshal.FreeCoTaskMem(folder);
        ((delegate* unmanaged<void>)Of(_llama, "llama_backend_init"))();
    }

    public static readonly delegate* unmanaged<QuantizationOptions> DefaultQuantizationOptions =
        (delegate* unmanaged<QuantizationOptions>)Of(_llama, "llama_model_quantize_default_params");

    public static readonly delegate* unmanaged<byte*, byte*, QuantizationOptions*, uint> QuantizeModel =
        (delegate* unmanaged<byte*, byte*, QuantizationOptions*, uint>)Of(_llama, "llama_model_quantize");

    /// <summary>What turns blocks of a type into floats: bytes, numbers, count.</summary>
    public static delegate* unmanaged<void*, float*, long, void> Decoder(int type)
    {
        const int ToFloat = 40;   // behind a name, three sizes and a flag of eight bytes each
        return *(delegate* unmanaged<void*, float*, long, void>*)(TraitsOf(type) + ToFloat);
    }

    private static string Folder() => Path.Combine(NpmPackages.Folder(Package), "bins", "linux-x64");

    private static nint Load(string file) => NativeLibrary.Load(Path.Combine(Folder(), file));

    private static nint Of(nint library, string function) => NativeLibrary.GetExport(library, function);

    [UnmanagedCallersOnly]
    private static void Listen(int level, byte* text, void* state)
    {
        const int Warning = 3;
        if (level >= Warning) lock (_said) _said.Add(Marshal.PtrToStringUTF8((nint)text)!);
    }

    /// <summary>struct llama_model_params</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ModelOptions
    {
        public nint Devices, BufferOverrides;
        public int GpuLayers, SplitMode, LoadMode, LazyMode, MainGpu;
        public nint TensorSplit, Progress, ProgressState, Overrides;
        public byte OnlyVocabulary, CheckTensors, RepackWeights, NoHost, NoAllocation, LoadDrafts;
    }

    /// <summary>struct llama_context_params</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ContextOptions
    {
        public uint Context, Batch, MicroBatch, Sequences, Snapshots, Outputs, OutputsPerSequence;
        public int Threads, BatchThreads, Kind, RopeScaling, Pooling, Attention, FlashAttention;
        public float RopeBase, RopeScale, YarnMix, YarnAttention, YarnFast, YarnSlow;
        public uint YarnContext;
        public float Defragment;
        public nint Evaluated, EvaluatedState;
        public int KeyType, ValueType;
        public nint Abort, AbortState;
        public byte Embeddings, OffloadCache, NoTimings, OffloadOperations, WholeWindowCache, UnifiedCache;
        public nint Samplers;
        public nuint SamplerCount;
        public nint Other;
    }

    /// <summary>The beginning of struct llama_model_quantize_params, and room for the rest.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    public struct QuantizationOptions
    {
        public int Threads, FileType;
    }

    /// <summary>struct llama_batch</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Batch
    {
        public int Count;
        public int* Tokens;
        public float* Embeddings;
        public int* Positions;
        public int* SequenceCounts;
        public int** Sequences;
        public sbyte* WantsLogits;
    }
}
