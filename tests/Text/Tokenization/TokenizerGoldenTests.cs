using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>Ids and texts as Hugging Face's Rust library gives them (Golden/make_tokenizer.mjs).</summary>
public class TokenizerGoldenTests
{
    private static readonly JsonElement Golden = GoldenFile.Read("tokenizer.json");
    private static readonly string[] Texts = ReadTexts();

    public static TheoryData<string> Variants =>
        [.. Golden.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Variants))]
    public void IdsAndDecodedTextsMatchHuggingFace(string name)
    {
        var variant = Golden.GetProperty("variants")
            .EnumerateArray().Single(candidate => candidate.GetProperty("name").GetString() == name);
        var tokenizer = Patched(variant.GetProperty("patch"));
        var cases = variant.GetProperty("cases").EnumerateArray().ToArray();
        Assert.Equal(Texts.Length, cases.Length);
        foreach (var (text, expected) in Texts.Zip(cases))
        {
            var ids = Ints(expected[0]);
            Assert.True(ids.SequenceEqual(tokenizer.Encode(text)), $"{Show(text)}: " +
                $"expected {string.Join(' ', ids)}, got {string.Join(' ', tokenizer.Encode(text))}");
            if (ids.Length == 0) continue;
            var decoded = expected.GetArrayLength() > 1 ? expected[1].GetString() : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            Assert.Equal(decoded, tokenizer.Decode(ids));
        }

        Assert.Equal(Ints(variant.GetProperty("withSpecialTokens")), tokenizer.Encode("hello", addSpecialTokens: true));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void ASavedTokenizerReadsBackTheSame(string name)
    {
        var variant = Golden.GetProperty("variants")
            .EnumerateArray().Single(candidate => candidate.GetProperty("name").GetString() == name);
        var tokenizer = Patched(variant.GetProperty("patch"));
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (first, second) = (Path.Combine(folder.FullName, "1.json"), Path.Combine(folder.FullName, "2.json"));
            tokenizer.Save(first);
            var again = ByteLevelBpe.Load(first);
            again.Save(second);
            Assert.Equal(File.ReadAllText(first), File.ReadAllText(second));
            Assert.All(Texts.Take(60), text => Assert.Equal(tokenizer.Encode(text, true), again.Encode(text, true)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Lone surrogates stand in the golden file as escapes, which a JSON reader refuses; they mean U+FFFD.
    private static string[] ReadTexts() => [.. Golden.GetProperty("texts").EnumerateArray().Select(text =>
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return System.Text.RegularExpressions.Regex.Unescape(text.GetRawText()[1..^1]);
        }
    })];

    private static ByteLevelBpe Patched(JsonElement patch)
    {
        var json = JsonNode.Parse(File.ReadAllText(SmallTokenizer.FilePath))!.AsObject();
        foreach (var part in patch.EnumerateObject())
        {
            if (part.Name == "model") json["model"]!["ignore_merges"] = true;
            else json[part.Name] = JsonNode.Parse(part.Value.GetRawText());
        }

        return ByteLevelBpe.Parse(json.ToJsonString());
    }

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(id => id.GetInt32())];

    private static string Show(string text) => JsonSerializer.Serialize(text);
}
