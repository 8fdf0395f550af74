using System.Text.Json;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads a tokenizer.json's <c>model</c>: the vocabulary, and the merges or scores.</summary>
internal static class ModelReader
{
    /// <summary>Byte-pair encoding of bytes.</summary>
    public static BpeModel ReadByteLevel(JsonPart model, IReadOnlyList<AddedToken> added)
    {
        CheckKind(model, " with ByteLevel. BPE is");
        if (model["byte_fallback"].Flag(false))
            throw model["byte_fallback"].Error(
                "is true, which belongs to BPE over characters; with ByteLevel every byte is a token. Set it to false.");
        var ids = Vocabulary(model["vocab"]);
        CheckAddedTokens(model["vocab"], ids, added);
        return new BpeModel(
            new Vocabulary(ids, added),
            new MergeTable(Merges(model["merges"], ids)),
            Unknown(model["unk_token"], ids, added),
            model["fuse_unk"].Flag(false),
            model["ignore_merges"].Flag(false));
    }

    /// <summary>A model whose tokens are text.</summary>
    public static WordModel ReadPieces(JsonPart model, IReadOnlyList<AddedToken> added, TokenDecoder decoder)
    {
        if (IsUnigram(model)) return UnigramReader.Read(model, added, decoder);
        CheckKind(model, ". BPE and Unigram are");
        var ids = Vocabulary(model["vocab"]);
        CheckAddedTokens(model["vocab"], ids, added);
        var options = new CharacterBpeOptions
        {
            Unknown = Unknown(model["unk_token"], ids, added),
            FuseUnknown = model["fuse_unk"].Flag(false),
            ByteFallback = model["byte_fallback"].Flag(false),
            IgnoreMerges = model["ignore_merges"].Flag(false),
        };
        return new CharacterBpe(new Vocabulary(ids, added, decoder.BytesOf), new MergeTable(Merges(model["merges"], ids)), options);
    }

    // Old files do not say what they are, but a list of scores does.
    private static bool IsUnigram(JsonPart model) =>
        model.Exists && (model["type"].TextOrNull() is { } type
            ? type == "Unigram"
            : model["vocab"].Value.ValueKind == JsonValueKind.Array);

    private static void CheckKind(JsonPart model, string supported)
    {
        if (!model.Exists) throw model.Error("is missing. A tokenizer needs a model with a vocabulary and merges.");
        var type = model["type"].TextOrNull() ?? "BPE";
        if (type != "BPE")
            throw model["type"].Error(
                $"'{type}' is not supported{supported}; choose a checkpoint whose tokenizer is of that kind.");
        if (model["dropout"].Exists && model["dropout"].Number() != 0)
            throw model["dropout"].Error("leaves merges out by chance, which is for training and not supported. Set it to null.");
        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (!string.IsNullOrEmpty(model[name].TextOrNull()))
                throw model[name].Error(
                    "is not supported: BPE keeps the space in the word instead. Choose a tokenizer without it.");
        }
    }

    private static Dictionary<string, int> Vocabulary(JsonPart vocabulary)
    {
        var ids = new Dictionary<string, int>();
        var texts = new Dictionary<int, string>();
        foreach (var (text, value) in vocabulary.Members())
        {
            var id = value.Id();
            if (!ids.TryAdd(text, id)) throw value.Error($"is listed twice, as {ids[text]} and as {id}. Remove one.");
            if (!texts.TryAdd(id, text))
                throw value.Error($"has the id {id}, which '{texts[id]}' has already. Give each token its own id.");
        }

        return ids.Count > 0 ? ids : throw vocabulary.Error("is missing or empty. It maps each token to its id.");
    }

    /// <summary>Compares the ids of added tokens with those of the vocabulary.</summary>
    public static void CheckAddedTokens(JsonPart vocabulary, Dictionary<string, int> ids, IReadOnlyList<AddedToken> added)
    {
        var addedById = added.ToDictionary(token => token.Id);
        foreach (var (text, id) in ids)
        {
            if (addedById.TryGetValue(id, out var token) && text != token.Content)
                throw vocabulary.Error(
                    $"'{text}' has the id {id}, which the added token '{token.Content}' has too. Give each token its own id.");
        }

        foreach (var token in added)
        {
            if (ids.TryGetValue(token.Content, out var id) && id != token.Id)
                throw vocabulary.Error($"'{token.Content}' has the id {id}, but as an added token {token.Id}. Make the two the same.");
        }
    }

    private static Merge[] Merges(JsonPart merges, Dictionary<string, int> ids)
    {
        var read = new List<Merge>();
        foreach (var item in merges.Items())
        {
            var (left, right) = Pair(item);
            if (left.Length == 0 || right.Length == 0) throw item.Error("merges a token without text. Remove it.");
            read.Add(new Merge(read.Count, IdOf(item, left, ids), IdOf(item, right, ids), IdOf(item, left + right, ids)));
        }

        return [.. read];
    }

    private static (string Left, string Right) Pair(JsonPart item)
    {
        if (item.Value.ValueKind == JsonValueKind.Array && item.Value.GetArrayLength() == 2)
        {
            var parts = item.Items().ToArray();
            return (parts[0].Text(), parts[1].Text());
        }

        var text = item.Value.ValueKind == JsonValueKind.String ? item.Text() : "";
        var space = text.IndexOf(' ');
        if (space <= 0 || space == text.Length - 1 || text.IndexOf(' ', space + 1) >= 0)
            throw item.Error($"is {item.Value.GetRawText()}; a merge is two tokens, as \"a b\" or as [\"a\", \"b\"].");
        return (text[..space], text[(space + 1)..]);
    }

    private static int IdOf(JsonPart item, string token, Dictionary<string, int> ids) => ids.TryGetValue(token, out var id)
        ? id
        : throw item.Error($"needs the token '{token}', which the vocabulary lacks. " +
            "Vocabulary and merges come from different tokenizers, or one was cut short.");

    private static int? Unknown(JsonPart part, Dictionary<string, int> ids, IReadOnlyList<AddedToken> added)
    {
        if (part.TextOrNull() is not { Length: > 0 } text) return null;
        if (ids.TryGetValue(text, out var id)) return id;
        return added.FirstOrDefault(token => token.Content == text)?.Id
            ?? throw part.Error($"is '{text}', which the vocabulary lacks. Add the token or set it to null.");
    }
}
