using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>
/// Ours against the package's Tiktoken class and against Hugging Face's library, on 24,000 mixed texts, and on 4,000 with characters beyond
/// U+FFFF. On those Tiktoken differs from Hugging Face's library: its expressions see halves of them, and split 📤킱 within 📤.
/// </summary>
public class TokenizerOracleTests
{
    public static TheoryData<string> Names => [.. PublishedVocabulary.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void IdsAndPlacesMatchTiktoken(string name)
    {
        var vocabulary = PublishedVocabulary.Of(name);
        foreach (var text in MixedTexts.Plain)
        {
            var (ours, theirs) = (vocabulary.Ours.EncodeToTokens(text, out _), vocabulary.Tiktoken.EncodeToTokens(text, out _));
            Assert.True(theirs.SequenceEqual(ours), $"{text}: {Show(theirs)} expected, not {Show(ours)}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void IndexesFromBothEndsMatchTiktoken(string name)
    {
        var (vocabulary, random) = (PublishedVocabulary.Of(name), new Random(3));
        foreach (var text in MixedTexts.Plain)
        {
            var most = random.Next(1, 24);
            var (theirs, ours) = (Cut(vocabulary.Tiktoken, text, most), Cut(vocabulary.Ours, text, most));
            // Where three characters share tokens in a chain, Tiktoken cuts within one.
            var tokens = vocabulary.Tiktoken.EncodeToTokens(text, out _);
            if (theirs.Item1.Count < tokens.Count && tokens[theirs.Item1.Count].Offset.Start.Value < theirs.Item1.Index) continue;
            Assert.True(theirs == ours, $"{text}, {most} tokens of {Show(vocabulary.Ours.EncodeToTokens(text, out _))}: " +
                $"{theirs} expected, not {ours}");
        }

        static ((int Index, int Count), (int, int)) Cut(Tokenizer tokenizer, string text, int most) => (
            (tokenizer.GetIndexByTokenCount(text, most, out _, out var count), count),
            (tokenizer.GetIndexByTokenCountFromEnd(text, most, out _, out count), count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void IdsOfPublishedVocabulariesMatchHuggingFace(string name) =>
        MatchHuggingFace(PublishedVocabulary.Of(name).Ours, PublishedVocabulary.Of(name).Json);

    [Theory]
    [InlineData("alice")]
    [InlineData("small")]
    public void IdsOfTrainedVocabulariesMatchHuggingFace(string name)
    {
        var json = File.ReadAllText(
            name == "small" ? SmallTokenizer.FilePath : Path.Combine(Repository.Root, "data", "models", name, "tokenizer.json"));
        MatchHuggingFace(ByteLevelBpe.Parse(json), json);
    }

    // DeepSeek V3 splits three times, by signs and by scripts.
    [Theory]
    [InlineData("""
        {"type": "Split", "pattern": {"Regex": "\\p{N}{1,3}"}, "behavior": "Isolated", "invert": false},
        {"type": "Split", "pattern": {"Regex": "[一-龥぀-ゟ゠-ヿ]+"}, "behavior": "Isolated", "invert": false},
        {"type": "Split", "behavior": "Isolated", "invert": false, "pattern":
        """ +
        """{"Regex": "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+|""" +
        """ ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"}}""")]
    [InlineData("""{"type": "Whitespace"}""")]
    [InlineData(
        """{"type": "Split", "pattern": {"Regex": "^\\w+\\b|[[:alpha:]&&[^e]]+$"}, "behavior": "MergedWithNext", "invert": true}""")]
    [InlineData("""{"type": "Punctuation"}, {"type": "Digits", "individual_digits": true}""")]
    public void OtherSplitsMatchHuggingFace(string steps)
    {
        const string ByteLevel = """{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}""";
        var json = PublishedVocabulary.Of("gpt-2").Json;
        var start = json.IndexOf("\"pre_tokenizer\":", StringComparison.Ordinal);
        var end = json.IndexOf("\"post_processor\":", StringComparison.Ordinal);
        json = $$"""{{json[..start]}}"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{{steps}}, {{ByteLevel}}]}, {{json[end..]}}""";
        MatchHuggingFace(ByteLevelBpe.Parse(json), json);
    }

    private static void MatchHuggingFace(ByteLevelBpe ours, string json)
    {
        using var theirs = new HuggingFaceTokenizer(json);
        foreach (var text in MixedTexts.Plain.Concat(MixedTexts.Astral))
        {
            var (expected, ids) = (theirs.Encode(text), ours.Encode(text));
            Assert.True(expected.SequenceEqual(ids), $"{System.Text.Json.JsonSerializer.Serialize(text)}: " +
                $"{string.Join(' ', expected)} expected, not {string.Join(' ', ids)}");
        }
    }

    private static string Show(IEnumerable<EncodedToken> tokens) => string.Join(' ', tokens.Select(token => $"{token.Id}@{token.Offset}"));
}
