using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <content>From entries of a GGUF file to a tokenizer.</content>
internal static partial class GgufTokenizer
{
    // Of a document, of a turn, and of a message that asks for a tool.
    private static readonly string[] EndMarks = ["eos", "eot", "eom"];

    /// <summary>The tokenizer of a file; null where it has none.</summary>
    /// <exception cref="CheckpointException">It is of another kind, or its lists do not fit together.</exception>
    public static Tokenizer? Read(GgufSettings settings)
    {
        const string Key = Prefix + "model";
        try
        {
            return settings.OptionalText(Key) switch
            {
                null or "none" or "no_vocab" => null,
                "gpt2" => ByteLevel(settings),
                "llama" => Pieces(settings),
                "t5" => throw settings.Wrong(
                    Key, "gpt2 (byte-level BPE) or llama (SentencePiece)",
                    "The pieces of a Unigram model come with a table of normalizations there, which is not read from GGUF. " +
                    "Take the model's folder: its tokenizer.json can be read."),
                _ => throw settings.Wrong(Key, "gpt2 (byte-level BPE) or llama (SentencePiece)", "Choose a model with one of these."),
            };
        }
        catch (TokenizerException e)
        {
            throw new CheckpointException(e.Message, e);
        }
    }

    /// <summary>The tokens that begin, end and fill up a text.</summary>
    /// <exception cref="CheckpointException">One of them is not among the file's tokens.</exception>
    public static GenerationDefaults Defaults(GgufSettings settings) => new()
    {
        BosTokenId = Mark(settings, "bos"),
        EosTokenIds = [.. EndMarks.Select(name => Mark(settings, name)).OfType<int>().Distinct()],
        PadTokenId = Mark(settings, "padding"),
    };

    private static int? Mark(GgufSettings settings, string name)
    {
        var key = $"{Prefix}{name}_token_id";
        var tokens = settings.OptionalTexts(Prefix + "tokens")?.Length ?? int.MaxValue;
        var id = settings.OptionalToken(key);
        return id is null || id < tokens ? id : throw settings.Wrong(key, $"a token id below {tokens}");
    }

    private static PieceTokenizer Pieces(GgufSettings settings)
    {
        var tokens = Tokens(settings);
        var marks = Defaults(settings);
        return PieceTokenizer.FromScores(
            tokens,
            [.. (settings.OptionalNumbers(Prefix + "scores") ?? throw settings.Missing(Prefix + "scores", "a number for each token"))
                .Select(score => (float)score)],
            [.. Kinds(settings, tokens).Select(kind => (PieceType)kind)],
            new PieceOptions
            {
                AddSpacePrefix = settings.OptionalFlag(Prefix + "add_space_prefix") ?? true,
                Beginning = settings.OptionalFlag(Prefix + "add_bos_token") ?? true ? marks.BosTokenId : null,
                End = settings.OptionalFlag(Prefix + "add_eos_token") ?? false ? settings.OptionalToken(Prefix + "eos_token_id") : null,
                Name = settings.Path,
            });
    }

    private static ByteLevelBpe ByteLevel(GgufSettings settings)
    {
        var tokens = Tokens(settings);
        var kinds = Kinds(settings, tokens);
        var (preTokenizer, ignoreMerges) = GgufPreTokenizer.Read(settings);
        var (vocabulary, added) = (new JsonObject(), new JsonArray());
        foreach (var (id, text) in tokens.Index())
        {
            if (kinds[id] is Control or UserDefined) added.Add(Added(id, text, special: kinds[id] == Control));
            else if (kinds[id] != Unused && !vocabulary.TryAdd(text, id))
                throw settings.Wrong(Prefix + "tokens", $"a list without repetition, and '{text}' is there twice");
        }
        var json = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = added,
            ["normalizer"] = null,
            ["pre_tokenizer"] = preTokenizer,
            ["post_processor"] = Template(settings, tokens),
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["ignore_merges"] = ignoreMerges,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. (settings.OptionalTexts(Prefix + "merges")
                    ?? throw settings.Missing(Prefix + "merges", "a list of pairs")).Select(merge => JsonValue.Create(merge))]),
            },
        };
        return ByteLevelBpe.Parse(json.ToJsonString(), settings.Path);
    }

    private static string[] Tokens(GgufSettings settings) =>
        settings.OptionalTexts(Prefix + "tokens") ?? throw settings.Missing(Prefix + "tokens", "a list of texts");

    private static long[] Kinds(GgufSettings settings, string[] tokens)
    {
        const string Key = Prefix + "token_type";
        var kinds = settings.OptionalIntegers(Key) ?? [.. Enumerable.Repeat((long)Normal, tokens.Length)];
        return kinds.Length == tokens.Length ? kinds : throw settings.Wrong(Key, $"a list of {tokens.Length}, one for each token");
    }

    private static JsonObject Added(int id, string text, bool special) => new()
    {
        ["id"] = id, ["content"] = text, ["special"] = special, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false,
        ["normalized"] = false,
    };

    // Byte-level tokenizers of llama.cpp put nothing around a text unless the file says so.
    private static JsonObject? Template(GgufSettings settings, string[] tokens)
    {
        var marks = new JsonObject();
        var text = new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "A", ["type_id"] = 0 } };
        JsonArray single = [.. Mark("bos"), text, .. Mark("eos")];
        return marks.Count == 0
            ? null
            : new() { ["type"] = "TemplateProcessing", ["single"] = single, ["pair"] = single.DeepClone(), ["special_tokens"] = marks };

        IEnumerable<JsonNode> Mark(string name)
        {
            if (settings.OptionalFlag($"{Prefix}add_{name}_token") != true) return [];
            var key = $"{Prefix}{name}_token_id";
            if (settings.OptionalToken(key) is not { } id || id >= tokens.Length)
                throw settings.Wrong(key, $"a token id below {tokens.Length}, since add_{name}_token is true");
            marks[tokens[id]] = new JsonObject { ["id"] = tokens[id], ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(tokens[id]) };
            return [new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = tokens[id], ["type_id"] = 0 } }];
        }
    }
}
