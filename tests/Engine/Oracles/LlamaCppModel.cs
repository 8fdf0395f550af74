using System.Runtime.InteropServices;
using System.Text;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>A GGUF file as llama.cpp loads it, on the CPU with a float32 cache.</summary>
internal sealed unsafe class LlamaCppModel : IDisposable
{
    private readonly nint _model, _vocabulary, _context;

    public LlamaCppModel(string file)
    {
        NpmPackages.Folder(LlamaCppLibrary.Package);
        var options = LlamaCppLibrary.DefaultModelOptions();
        options.GpuLayers = 0;
        var path = Marshal.StringToCoTaskMemUTF8(file);
        _model = LlamaCppLibrary.LoadModel((byte*)path, options);
        Marshal.FreeCoTaskMem(path);
        Assert.True(_model != 0, LlamaCppLibrary.Complaints);
        _vocabulary = LlamaCppLibrary.VocabularyOf(_model);
        _context = LlamaCppLibrary.CreateContext(_model, Exact());
        Assert.True(_context != 0, LlamaCppLibrary.Complaints);
    }

    public string? ChatTemplate => Marshal.PtrToStringUTF8((nint)LlamaCppLibrary.ChatTemplateOf(_model, null));

    public int VocabularySize => LlamaCppLibrary.VocabularySize(_vocabulary);

    public bool EndsGeneration(int token) => LlamaCppLibrary.EndsGeneration(_vocabulary, token) != 0;

    /// <summary>Special tokens in the text are recognised, and whatever the file says is put around it.</summary>
    public int[] Tokenize(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var tokens = new int[utf8.Length + 2];
        fixed (byte* bytes = utf8)
        fixed (int* ids = tokens)
        {
            var count = LlamaCppLibrary.Tokenize(_vocabulary, bytes, utf8.Length, ids, tokens.Length, 1, 1);
            Assert.True(count >= 0, LlamaCppLibrary.Complaints);
            return tokens[..count];
        }
    }

    /// <summary>One forward over a text.</summary>
    /// <returns>[time, vocab]</returns>
    public float[] Logits(IReadOnlyList<int> tokens)
    {
        var logits = new float[tokens.Count * VocabularySize];
        Forward(tokens, past: 0, (i, row) => row.CopyTo(logits.AsSpan(i * VocabularySize)));
        return logits;
    }

    /// <summary>The likeliest continuation, a token at a time, up to an end token.</summary>
    public int[] Continue(IReadOnlyList<int> prompt, int most)
    {
        var tokens = new List<int>();
        var next = Likeliest(prompt, past: 0);
        while (tokens.Count < most && !EndsGeneration(next))
        {
            tokens.Add(next);
            next = Likeliest([next], prompt.Count + tokens.Count - 1);
        }
        return [.. tokens];
    }

    public void Dispose()
    {
        LlamaCppLibrary.FreeContext(_context);
        LlamaCppLibrary.FreeModel(_model);
    }

    private static LlamaCppLibrary.ContextOptions Exact()
    {
        const int Float32 = 0, Never = 0;
        var options = LlamaCppLibrary.DefaultContextOptions();
        (options.Context, options.OutputsPerSequence) = (0, 0);
        (options.KeyType, options.ValueType, options.FlashAttention) = (Float32, Float32, Never);
        (options.Threads, options.BatchThreads) = (1, 1);   // several would spin while they wait for each other
        return options;
    }

    private int Likeliest(IReadOnlyList<int> tokens, int past)
    {
        var best = -1;
        Forward(tokens, past, (i, row) => best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row));
        return best;
    }

    private void Forward(IReadOnlyList<int> tokens, int past, LookAt look)
    {
        if (past == 0) LlamaCppLibrary.ClearMemory(LlamaCppLibrary.MemoryOf(_context), 1);
        var batch = LlamaCppLibrary.CreateBatch(tokens.Count, 0, 1);
        batch.Count = tokens.Count;
        for (var i = 0; i < tokens.Count; i++)
        {
            (batch.Tokens[i], batch.Positions[i], batch.SequenceCounts[i], batch.Sequences[i][0], batch.WantsLogits[i]) =
                (tokens[i], past + i, 1, 0, 1);
        }
        Assert.True(LlamaCppLibrary.Decode(_context, batch) == 0, LlamaCppLibrary.Complaints);
        for (var i = 0; i < tokens.Count; i++) look(i, new ReadOnlySpan<float>(LlamaCppLibrary.LogitsOf(_context, i), VocabularySize));
        LlamaCppLibrary.FreeBatch(batch);
    }

    private delegate void LookAt(int index, ReadOnlySpan<float> logits);
}
