using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization.PostProcessing;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>A tokenizer in the making: special tokens first, then the bytes, then one token a merge.</summary>
internal sealed class TrainedTokenizer
{
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<Merge> _merges = [];
    private readonly int[] _idOfByte = new int[256];
    private readonly AddedToken[] _specialTokens;
    private readonly JsonObject _frame;
    private readonly IPreTokenizer _preTokenizer;

    public TrainedTokenizer(BpeTrainingOptions options)
    {
        _specialTokens = [.. options.SpecialTokens.Select((content, id) => new AddedToken(id, content))];
        foreach (var token in _specialTokens) AddToken(token.Content);
        foreach (var value in ByteAlphabet.InFileOrder) _idOfByte[value] = AddToken(ByteAlphabet.CharacterOf(value).ToString());
        _frame = Frame(_specialTokens, options.SplitDigits);
        using var frame = JsonDocument.Parse(_frame.ToJsonString());
        _preTokenizer = PreTokenizerReader.ReadByteLevel(new JsonPart("trained", frame.RootElement)["pre_tokenizer"]);
    }

    /// <summary>Tokens so far.</summary>
    public int Size => _texts.Count;

    /// <summary>The token of each byte.</summary>
    public IReadOnlyList<int> IdOfByte => _idOfByte;

    /// <summary>The token that was made last, as text.</summary>
    public string LastPiece => Encoding.UTF8.GetString(ByteAlphabet.Read(_texts[^1]) ?? []);

    /// <summary>Counts words as this tokenizer splits them.</summary>
    public WordCounts CountWords() => new(_preTokenizer, new AddedTokenMatcher(_specialTokens.Select(token => (token.Content, token))));

    /// <summary>Adds a merge, and its token where no other merge makes the same one.</summary>
    /// <returns>The token; null where its text is that of a special token, which merges may not make.</returns>
    public int? Join(int left, int right)
    {
        var text = _texts[left] + _texts[right];
        if (!_ids.TryGetValue(text, out var id)) id = AddToken(text);
        else if (id < _specialTokens.Length) return null;
        _merges.Add(new Merge(_merges.Count, left, right, id));
        return id;
    }

    /// <summary>The merges so far.</summary>
    public MergeTable Merges() => new([.. _merges]);

    /// <summary>The first of the tokens that a word becomes by some merges.</summary>
    public int FirstToken(string word, MergeTable merges)
    {
        var tokens = Array.ConvertAll(Encoding.UTF8.GetBytes(word), value => _idOfByte[value]);
        WordMerger.Merge(tokens, merges);
        return tokens[0];
    }

    /// <summary>The tokenizer.</summary>
    public ByteLevelBpe Finish()
    {
        var model = new BpeModel(new Vocabulary(_ids, _specialTokens), Merges(), unknown: null, fuseUnknown: false, ignoreMerges: false);
        return new ByteLevelBpe(new TokenizerParts(null, _preTokenizer, model, SpecialTokenTemplate.None, _frame, PairedMerges: false));
    }

    private int AddToken(string text)
    {
        _ids.Add(text, _texts.Count);
        _texts.Add(text);
        return _texts.Count - 1;
    }

    // What a tokenizer.json says besides vocabulary and merges; every member that Hugging Face's library asks for.
    private static JsonObject Frame(AddedToken[] specialTokens, bool splitDigits) => new()
    {
        ["version"] = "1.0",
        ["truncation"] = null,
        ["padding"] = null,
        ["added_tokens"] = new JsonArray([.. specialTokens.Select(AddedTokenJson.Of)]),
        ["normalizer"] = null,
        ["pre_tokenizer"] = splitDigits
            ? new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(new JsonObject { ["type"] = "Digits", ["individual_digits"] = true }, ByteLevel()),
            }
            : ByteLevel(),
        ["post_processor"] = null,
        ["decoder"] = ByteLevel(),
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["dropout"] = null,
            ["unk_token"] = null,
            ["continuing_subword_prefix"] = null,
            ["end_of_word_suffix"] = null,
            ["fuse_unk"] = false,
            ["byte_fallback"] = false,
            ["ignore_merges"] = false,
        },
    };

    private static JsonObject ByteLevel() => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = false,
        ["trim_offsets"] = true,
        ["use_regex"] = true,
    };
}
