using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Hugging Face's own library, through Tokenizers.DotNet; its native half is referenced for Linux on x64.</summary>
internal sealed class HuggingFaceTokenizer : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly global::Tokenizers.DotNet.Tokenizer _tokenizer;

    public HuggingFaceTokenizer(string json)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux()
            && RuntimeInformation.ProcessArchitecture == Architecture.X64, "Tokenizers.DotNet is referenced for Linux on x64.");
        File.WriteAllText(_file, json);
        _tokenizer = new(_file);
    }

    public int[] Encode(string text) => Array.ConvertAll(_tokenizer.Encode(text), id => (int)id);

    public string Decode(int[] ids) => _tokenizer.Decode(Array.ConvertAll(ids, id => (uint)id));

    public void Dispose()
    {
        _tokenizer.Dispose();
        File.Delete(_file);
    }
}
