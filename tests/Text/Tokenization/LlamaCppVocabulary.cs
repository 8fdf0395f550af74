using System.Runtime.InteropServices;
using System.Text;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Pieces and scores as llama.cpp reads them, from a GGUF file that holds nothing else.</summary>
internal sealed unsafe class LlamaCppVocabulary : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly nint _model, _vocabulary;

    public LlamaCppVocabulary(
        IReadOnlyList<string> pieces, IReadOnlyList<float> scores, IReadOnlyList<PieceType> types, bool addSpacePrefix)
    {
        NpmPackages.Folder(LlamaCppLibrary.Package);
        var options = LlamaCppLibrary.DefaultModelOptions();
        (options.GpuLayers, options.OnlyVocabulary) = (0, 1);
        var path = Marshal.StringToCoTaskMemUTF8(_folder.Write("vocabulary.gguf", Gguf(pieces, scores, types, addSpacePrefix)));
        _model = LlamaCppLibrary.LoadModel((byte*)path, options);
        Marshal.FreeCoTaskMem(path);
        Assert.True(_model != 0, LlamaCppLibrary.Complaints);
        _vocabulary = LlamaCppLibrary.VocabularyOf(_model);
    }

    /// <summary>Special tokens in the text are recognised; nothing is put around it.</summary>
    public int[] Encode(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var tokens = new int[utf8.Length + 8];
        fixed (byte* bytes = utf8)
        fixed (int* ids = tokens)
        {
            var count = LlamaCppLibrary.Tokenize(_vocabulary, bytes, utf8.Length, ids, tokens.Length, 0, 1);
            Assert.True(count >= 0, LlamaCppLibrary.Complaints);
            return tokens[..count];
        }
    }

    public void Dispose()
    {
        LlamaCppLibrary.FreeModel(_model);
        _folder.Dispose();
    }

    // | GGUF | version | tensors | entries | key, type, value ... |, all little-endian; a text is its length and its UTF-8.
    private static byte[] Gguf(
        IReadOnlyList<string> pieces, IReadOnlyList<float> scores, IReadOnlyList<PieceType> types, bool addSpacePrefix)
    {
        const int Int32 = 5, Float32 = 6, Bool = 7, String = 8, Array = 9;
        using var bytes = new MemoryStream();
        using var file = new BinaryWriter(bytes);
        file.Write("GGUF"u8);
        file.Write(3);
        file.Write(0L);
        file.Write(6L);
        Key("general.architecture", String);
        Text("llama");
        Key("tokenizer.ggml.model", String);
        Text("llama");
        Key("tokenizer.ggml.add_space_prefix", Bool);
        file.Write(addSpacePrefix);
        List("tokenizer.ggml.tokens", String);
        foreach (var piece in pieces) Text(piece);
        List("tokenizer.ggml.scores", Float32);
        foreach (var score in scores) file.Write(score);
        List("tokenizer.ggml.token_type", Int32);
        foreach (var type in types) file.Write((int)type);
        return bytes.ToArray();

        void Text(string text)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            file.Write((long)utf8.Length);
            file.Write(utf8);
        }

        void Key(string name, int type)
        {
            Text(name);
            file.Write(type);
        }

        void List(string name, int type)
        {
            Key(name, Array);
            file.Write(type);
            file.Write((long)pieces.Count);
        }
    }
}
