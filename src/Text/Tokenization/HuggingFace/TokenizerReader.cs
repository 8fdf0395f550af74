using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads Hugging Face's tokenizer.json as far as it describes byte-level BPE.</summary>
internal static class TokenizerReader
{
    private static readonly string[] TableNames = ["vocab", "merges"];

    public static ByteLevelBpe ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Read(File.ReadAllBytes(path), path);
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

    public static ByteLevelBpe Read(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = StrictJson.Parse(json, name);
            return Read(new JsonPart(name, document.RootElement));
        }
        catch (JsonFileException cause)
        {
            throw new TokenizerException(name, "", $"is not valid JSON at line {cause.Line}, byte {cause.Byte} of the line: " +
                $"{cause.Reason} Fetch the file again.", cause);
        }
    }

    private static ByteLevelBpe Read(JsonPart root)
    {
        DecoderReader.Check(root["decoder"]);
        var added = AddedTokens(root["added_tokens"]);
        return new ByteLevelBpe(new TokenizerParts(
            NormalizerReader.Read(root["normalizer"]),
            PreTokenizerReader.Read(root["pre_tokenizer"]),
            ModelReader.Read(root["model"], added),
            TemplateReader.Read(root["post_processor"]),
            Frame(root.Value),
            PairedMerges: root["model"]["merges"].Items().FirstOrDefault().Value.ValueKind == JsonValueKind.Array));
    }

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
