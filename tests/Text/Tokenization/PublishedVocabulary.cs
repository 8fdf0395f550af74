using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tokenization.PreTokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>
/// The vocabularies of GPT-2, GPT-4 and GPT-4o, which the package's Data assemblies hold as ranked tokens, as a tokenizer.json: the merge
/// that makes a token is the last one that is left to do when its bytes are merged with the tokens before it.
/// </summary>
internal sealed class PublishedVocabulary
{
    private const string Gpt4oPattern =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?" +
        @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?" +
        @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly Dictionary<string, Lazy<PublishedVocabulary>> All = new()
    {
        ["gpt-2"] = new(() => new("gpt-2", "Gpt2", "gpt2", Gpt2Scanner.Pattern, TiktokenTokenizer.CreateForModel("gpt2"))),
        ["gpt-4"] =
            new(() => new("gpt-4", "Cl100kBase", "cl100k_base", Llama3Scanner.ThreeDigits, TiktokenTokenizer.CreateForModel("gpt-4"))),
        ["gpt-4o"] = new(() => new("gpt-4o", "O200kBase", "o200k_base", Gpt4oPattern, TiktokenTokenizer.CreateForModel("gpt-4o"))),
    };

    private PublishedVocabulary(string name, string package, string resource, string pattern, TiktokenTokenizer tiktoken)
    {
        Tiktoken = tiktoken;
        Json = JsonSerializer.Serialize(Describe(Read(package, resource), pattern, tiktoken.SpecialTokens!));
        Ours = ByteLevelBpe.Parse(Json, name);
    }

    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>As the package reads it.</summary>
    public TiktokenTokenizer Tiktoken { get; }

    /// <summary>As this engine reads it.</summary>
    public ByteLevelBpe Ours { get; }

    /// <summary>As a tokenizer.json.</summary>
    public string Json { get; }

    public static PublishedVocabulary Of(string name) => All[name].Value;

    private static List<byte[]> Read(string package, string resource)
    {
        var assembly = Assembly.Load("Microsoft.ML.Tokenizers.Data." + package);
        using var lines = new StreamReader(
            new DeflateStream(assembly.GetManifestResourceStream(resource + ".tiktoken.deflate")!, CompressionMode.Decompress));
        lines.ReadLine();       // Capacity: ...
        var tokens = new List<byte[]>();
        while (lines.ReadLine() is { } line) tokens.Add(Convert.FromBase64String(line));
        return tokens;
    }

    private static object Describe(List<byte[]> tokens, string pattern, IReadOnlyDictionary<string, int> special)
    {
        var texts = tokens.ConvertAll(token => ByteAlphabet.Write(token));
        var ids = texts.Index().Where(token => token.Item.Length > 0).ToDictionary(token => token.Item, token => token.Index);
        return new
        {
            version = "1.0",
            truncation = (object?)null,
            padding = (object?)null,
            added_tokens = special.OrderBy(token => token.Value).Select(token =>
                new
                {
                    id = token.Value, content = token.Key, single_word = false, lstrip = false, rstrip = false, normalized = false,
                    special = true
                }),
            normalizer = (object?)null,
            pre_tokenizer = new
            {
                type = "Sequence",
                pretokenizers = new object[]
                {
                    new { type = "Split", pattern = new { Regex = pattern }, behavior = "Isolated", invert = false }, ByteLevel()
                },
            },
            post_processor = (object?)null,
            decoder = ByteLevel(),
            model = new
            {
                type = "BPE",
                dropout = (object?)null,
                unk_token = (object?)null,
                continuing_subword_prefix = (object?)null,
                end_of_word_suffix = (object?)null,
                fuse_unk = false,
                byte_fallback = false,
                ignore_merges = true,
                vocab = ids,
                merges = texts.Where(text => text.Length > 1).Select(text => Halves(text, ids)).Where(halves => halves is not null),
            },
        };
    }

    private static object ByteLevel() => new { type = "ByteLevel", add_prefix_space = false, trim_offsets = true, use_regex = false };

    // Null for the few tokens that merges never reach; they are found as whole words.
    private static string[]? Halves(string token, Dictionary<string, int> ids)
    {
        var pieces = token.Select(c => c.ToString()).ToList();
        while (pieces.Count > 2)
        {
            var (rank, at) = Enumerable.Range(0, pieces.Count - 1)
                .Select(i => (Rank: ids.GetValueOrDefault(pieces[i] + pieces[i + 1], int.MaxValue), i)).Min();
            if (rank >= ids[token]) return null;
            pieces[at] += pieces[at + 1];
            pieces.RemoveAt(at + 1);
        }

        return [.. pieces];
    }
}
