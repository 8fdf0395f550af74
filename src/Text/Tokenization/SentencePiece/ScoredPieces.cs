using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization.PostProcessing;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>The parts of a <see cref="PieceTokenizer"/> from the lists of a SentencePiece model.</summary>
internal sealed class ScoredPieces
{
    private readonly PieceOptions _options;
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<AddedToken> _added = [];
    private readonly IReadOnlyList<string> _pieces;
    private readonly IReadOnlyList<float> _scores;
    private readonly int? _unknown;

    /// <param name="pieces">The text of each id.</param>
    /// <param name="scores">The score of each id.</param>
    /// <param name="types">The type of each id.</param>
    /// <param name="options">What goes around a text.</param>
    /// <exception cref="TokenizerException">They do not fit together.</exception>
    public ScoredPieces(
        IReadOnlyList<string> pieces, IReadOnlyList<float> scores, IReadOnlyList<PieceType> types, PieceOptions options)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(types);
        (_options, _pieces, _scores) = (options, pieces, scores);
        if (pieces.Count == 0 || pieces.Count != scores.Count || pieces.Count != types.Count)
            throw Error(
                $"has {pieces.Count} pieces, {scores.Count} scores and {types.Count} types. Give as many of each, and at least one.");
        for (var id = 0; id < pieces.Count; id++) Add(id, types[id]);
        _unknown = types.Index().Where(type => type.Item == PieceType.Unknown).Select(type => (int?)type.Index).FirstOrDefault();
        foreach (var mark in (int?[])[options.Beginning, options.End])
        {
            if (mark is { } id && (id < 0 || id >= pieces.Count))
                throw Error($"has {pieces.Count} pieces, and the token {id} is to stand around a text. Name one of the pieces.");
        }
    }

    /// <summary>The tokenizer.</summary>
    public PieceTokenizer ToTokenizer()
    {
        var frame = Frame();
        using var document = JsonDocument.Parse(frame.ToJsonString());
        var root = new JsonPart(_options.Name, document.RootElement);
        var decoder = DecoderReader.Read(root["decoder"]);
        var vocabulary = new Vocabulary(_ids, _added, decoder.BytesOf);
        var merges = new MergeTable(ScoredMerges.From(vocabulary, _scores));
        var options = new CharacterBpeOptions { Unknown = _unknown, FuseUnknown = true, ByteFallback = true, BytesAfterMerges = true };
        return new PieceTokenizer(new TokenizerParts(
            NormalizerReader.Read(root["normalizer"]),
            new WholeText(),
            new CharacterBpe(vocabulary, merges, options),
            new SpecialTokenTemplate(Mark(_options.Beginning), Mark(_options.End)),
            frame,
            PairedMerges: true)
        { Decoder = decoder });
    }

    private void Add(int id, PieceType type)
    {
        var text = _pieces[id];
        if (string.IsNullOrEmpty(text)) throw Error($"has no text for the id {id}. Give each piece at least one character.");
        if (!ReferenceEquals(WellFormedText.Of(text), text)) throw Error($"has half a surrogate pair in the piece {id}. Read it as UTF-8.");
        if (float.IsNaN(_scores[id])) throw Error($"has the score NaN for the piece {id}, '{text}'. Give it a number.");
        if (!Enum.IsDefined(type)) throw Error($"has the type {(int)type} for the piece {id}, '{text}'. Types are 1 to 6.");
        _ids[text] = id;
        if (type is not (PieceType.Unknown or PieceType.Control or PieceType.UserDefined)) return;
        _added.RemoveAll(token => token.Content == text);
        _added.Add(new AddedToken(id, text, Special: type != PieceType.UserDefined));
    }

    private TokenizerException Error(string message) => new(_options.Name, "", message);

    private static int[] Mark(int? id) => id is { } set ? [set] : [];

    // What a tokenizer.json says besides vocabulary and merges.
    private JsonObject Frame() => new()
    {
        ["version"] = "1.0",
        ["truncation"] = null,
        ["padding"] = null,
        ["added_tokens"] = new JsonArray([.. _added.Select(AddedTokenJson.Of)]),
        ["normalizer"] = Normalizer(),
        ["pre_tokenizer"] = null,
        ["post_processor"] = Template(),
        ["decoder"] = Decoder(),
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["dropout"] = null,
            ["unk_token"] = _unknown is { } unknown ? _pieces[unknown] : null,
            ["continuing_subword_prefix"] = null,
            ["end_of_word_suffix"] = null,
            ["fuse_unk"] = true,
            ["byte_fallback"] = true,
            ["ignore_merges"] = false,
        },
    };

    private JsonObject Normalizer()
    {
        var replace = Replace(" ", "▁");
        if (!_options.AddSpacePrefix) return replace;
        var prepend = new JsonObject { ["type"] = "Prepend", ["prepend"] = "▁" };
        return new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(prepend, replace) };
    }

    private JsonObject Decoder()
    {
        var steps = new JsonArray(
            Replace("▁", " "), new JsonObject { ["type"] = "ByteFallback" }, new JsonObject { ["type"] = "Fuse" });
        if (_options.AddSpacePrefix)
            steps.Add((JsonNode)new JsonObject { ["type"] = "Strip", ["content"] = " ", ["start"] = 1, ["stop"] = 0 });
        return new JsonObject { ["type"] = "Sequence", ["decoders"] = steps };
    }

    private static JsonObject Replace(string text, string content) =>
        new() { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = text }, ["content"] = content };

    private JsonObject? Template()
    {
        if (_options.Beginning is null && _options.End is null) return null;
        int[] marks = [.. Mark(_options.Beginning), .. Mark(_options.End)];
        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray([.. Around(Sequence("A", 0))]),
            ["pair"] = new JsonArray([.. Around(Sequence("A", 0)), .. Around(Sequence("B", 1))]),
            ["special_tokens"] = new JsonObject(marks.Distinct().Select(id => KeyValuePair.Create(_pieces[id], (JsonNode?)new JsonObject
            {
                ["id"] = _pieces[id], ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(_pieces[id]),
            }))),
        };
    }

    private IEnumerable<JsonObject> Around(JsonObject sequence) =>
        [.. Mark(_options.Beginning).Select(Special), sequence, .. Mark(_options.End).Select(Special)];

    private JsonObject Special(int id) => new() { ["SpecialToken"] = new JsonObject { ["id"] = _pieces[id], ["type_id"] = 0 } };

    private static JsonObject Sequence(string name, int type) =>
        new() { ["Sequence"] = new JsonObject { ["id"] = name, ["type_id"] = type } };
}
