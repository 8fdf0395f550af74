using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads Hugging Face's tokenizer.json: byte-level BPE, BPE over characters, and Unigram.</summary>
internal static class TokenizerReader
{
    private static readonly string[] TableNames = ["vocab", "merges"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">A tokenizer.json.</param>
    /// <param name="read">Which kind: one of the methods below.</param>
    public static T ReadFile<T>(string path, Func<JsonPart, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Read(File.ReadAllBytes(path), path, read);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TokenizerException(
                path, "", "there is no such file. A tokenizer is a tokenizer.json in Hugging Face's format.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerException(path, "", $"cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Reads what a file holds.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="read">Which kind: one of the methods below.</param>
    public static T Read<T>(ReadOnlyMemory<byte> json, string name, Func<JsonPart, T> read)
    {
        try
        {
            using var document = StrictJson.Parse(json, name);
            return read(new JsonPart(name, document.RootElement));
        }
        catch (JsonFileException cause)
        {
            throw new TokenizerException(name, "", $"is not valid JSON at line {cause.Line}, byte {cause.Byte} of the line: " +
                $"{cause.Reason} Fetch the file again.", cause);
        }
    }

    /// <summary>Byte-level where the pre-tokenizer makes bytes of the text, else pieces.</summary>
    public static VocabularyTokenizer ReadAny(JsonPart root) =>
        PreTokenizerReader.HasByteLevel(root["pre_tokenizer"]) ? ReadByteLevel(root) : ReadPieces(root);

    /// <summary>A tokenizer whose tokens are bytes.</summary>
    public static ByteLevelBpe ReadByteLevel(JsonPart root)
    {
        DecoderReader.CheckByteLevel(root["decoder"]);
        var added = AddedTokens(root["added_tokens"]);
        return new ByteLevelBpe(Parts(
            root, PreTokenizerReader.ReadByteLevel(root["pre_tokenizer"]), ModelReader.ReadByteLevel(root["model"], added)));
    }

    /// <summary>A tokenizer whose tokens are text.</summary>
    public static PieceTokenizer ReadPieces(JsonPart root)
    {
        var decoder = DecoderReader.Read(root["decoder"]);
        var added = AddedTokens(root["added_tokens"]);
        var model = ModelReader.ReadPieces(root["model"], added, decoder);
        return new PieceTokenizer(Parts(root, PreTokenizerReader.ReadPieces(root["pre_tokenizer"]), model) with { Decoder = decoder });
    }

    private static TokenizerParts Parts(JsonPart root, IPreTokenizer preTokenizer, WordModel model) => new(
        NormalizerReader.Read(root["normalizer"]),
        preTokenizer,
        model,
        TemplateReader.Read(root["post_processor"]),
        Frame(root.Value),
        PairedMerges: root["model"]["merges"].Items().FirstOrDefault().Value.ValueKind == JsonValueKind.Array);

    private static List<AddedToken> AddedTokens(JsonPart part)
    {
        var tokens = new List<AddedToken>();
        var (ids, contents) = (new HashSet<int>(), new HashSet<string>());
        foreach (var item in part.Items())
        {
            var special = item["special"].Flag(false);
            var token = new AddedToken(
                item["id"].Id(),
                item["content"].Text(),
                special,
                item["single_word"].Flag(false),
                item["lstrip"].Flag(false),
                item["rstrip"].Flag(false),
                item["normalized"].Flag(!special));
            if (!ids.Add(token.Id)) throw item["id"].Error($"{token.Id} is used by two added tokens. Give each its own id.");
            if (!contents.Add(token.Content)) throw item["content"].Error($"'{token.Content}' is added twice. Remove one.");
            tokens.Add(token);
        }

        return tokens;
    }

    private static JsonObject Frame(JsonElement root)
    {
        var frame = new JsonObject();
        foreach (var member in root.EnumerateObject())
        {
            frame[member.Name] = member.Name == "model"
                ? new JsonObject(member.Value.EnumerateObject().Where(part => !TableNames.Contains(part.Name)).Select(Copy))
                : Copy(member).Value;
        }

        return frame;
    }

    private static KeyValuePair<string, JsonNode?> Copy(JsonProperty member) => new(member.Name, JsonNode.Parse(member.Value.GetRawText()));
}
