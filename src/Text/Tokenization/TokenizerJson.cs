using System.Text;

namespace LlmRabbitHoles.Tokenization;

/// <summary>
/// Reads Hugging Face's tokenizer.json of either kind: a <see cref="ByteLevelBpe"/> where its tokens are bytes, a
/// <see cref="PieceTokenizer"/> where they are text.
/// </summary>
public static class TokenizerJson
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A tokenizer.json.</param>
    /// <exception cref="TokenizerException">The file is missing or broken, or needs a part that is not supported.</exception>
    public static VocabularyTokenizer Load(string path) => TokenizerReader.ReadFile(path, TokenizerReader.ReadAny);

    /// <summary>Reads a text.</summary>
    /// <param name="json">What a tokenizer.json holds.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="TokenizerException">The text is broken, or needs a part that is not supported.</exception>
    public static VocabularyTokenizer Parse(string json, string name = "tokenizer.json") =>
        TokenizerReader.Read(Encoding.UTF8.GetBytes(json), name, TokenizerReader.ReadAny);
}
