using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>What <c>tokenizer_config.json</c> adds to a tokenizer: which tokens begin, end and pad, and how a chat is written.</summary>
internal sealed record TokenizerConfig(string? BosToken, string? EosToken, string? PadToken, string? ChatTemplate)
{
    public const string FileName = "tokenizer_config.json";
    public const string MapFileName = "special_tokens_map.json";
    public const string TemplateFileName = "chat_template.jinja";

    // Those of transformers' PreTrainedTokenizerBase.
    private static readonly string[] MarkNames =
        ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];
    private const string MoreMarks = "additional_special_tokens";
    private const string NamedMarks = "extra_special_tokens";

    /// <summary>
    /// All special tokens by transformers' names, as chat templates know them: texts, and a list of texts for the additional ones.
    /// </summary>
    public IReadOnlyDictionary<string, object?> SpecialTokens { get; init; } = new Dictionary<string, object?>();

    /// <summary>
    /// Reads a folder; what has no file is null. A <c>chat_template.jinja</c> wins over the key, as in transformers. So does
    /// <c>special_tokens_map.json</c> where the config is of the old kind, without added_tokens_decoder;
    /// else it adds what the config does not name.
    /// </summary>
    /// <exception cref="CheckpointException">A file cannot be read.</exception>
    public static TokenizerConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var map = Path.Combine(folder, MapFileName);
        var config = Read(File.Exists(path) ? JsonSection.Open(path) : null, File.Exists(map) ? JsonSection.Open(map) : null);
        var template = Path.Combine(folder, TemplateFileName);
        return File.Exists(template) ? config with { ChatTemplate = File.ReadAllText(template) } : config;
    }

    internal static TokenizerConfig Read(JsonSection? config, JsonSection? map = null)
    {
        var mapWins = config?.Names("added_tokens_decoder") != true;
        string? Mark(string name) => mapWins && map is not null && Token(map, name) is { } mapped ? mapped
            : config?.Names(name) == true ? Token(config, name)
            : map is null ? null : Token(map, name);
        var marks = MarkNames
            .Select(name => (name, Mark(name)))
            .Where(mark => mark.Item2 is not null)
            .ToDictionary(mark => mark.name, mark => (object?)mark.Item2);
        var more = (config is null ? null : List(config)) ?? (map is null ? null : List(map));
        if (more is not null) marks[MoreMarks] = more;
        if (config?.Optional(NamedMarks) is { ValueKind: JsonValueKind.Object } named)
        {
            var section = config.OptionalSection(NamedMarks)!;
            foreach (var mark in named.EnumerateObject()) marks[mark.Name] = Token(section, mark.Name);
        }
        string? Known(string name) => marks.GetValueOrDefault(name) as string;
        return new(Known("bos_token"), Known("eos_token"), Known("pad_token"), config is null ? null : Template(config))
        {
            SpecialTokens = marks,
        };
    }

    /// <summary>The text of <c>tokenizer_config.json</c> for a tokenizer that transformers loads from <c>tokenizer.json</c>.</summary>
    /// <param name="contextLength">The most tokens of a text.</param>
    /// <param name="added">The tokens that tokenizer.json adds; transformers wants them again.</param>
    public string Write(int contextLength, IReadOnlyList<AddedToken>? added = null)
    {
        added ??= [];
        var json = new JsonObject { ["tokenizer_class"] = "PreTrainedTokenizerFast", ["model_max_length"] = contextLength };
        WriteIfSet(json, "bos_token", BosToken);
        WriteIfSet(json, "eos_token", EosToken);
        WriteIfSet(json, "pad_token", PadToken);
        json["additional_special_tokens"] = new JsonArray([.. added.Where(IsNoOther).Select(token => JsonValue.Create(token.Content))]);
        json["added_tokens_decoder"] = new JsonObject(
            added.Select(token => KeyValuePair.Create(token.Id.ToString(CultureInfo.InvariantCulture), (JsonNode?)Describe(token))));
        json["clean_up_tokenization_spaces"] = false;
        WriteIfSet(json, "chat_template", ChatTemplate);
        return CheckpointJson.Of(json);
    }

    private bool IsNoOther(AddedToken token) =>
        token.Special && token.Content != BosToken && token.Content != EosToken && token.Content != PadToken;

    private static JsonObject Describe(AddedToken token) => new()
    {
        ["content"] = token.Content,
        ["lstrip"] = token.LeftStrip,
        ["normalized"] = token.Normalized,
        ["rstrip"] = token.RightStrip,
        ["single_word"] = token.SingleWord,
        ["special"] = token.Special,
    };

    /// <summary>The token ids that the texts stand for.</summary>
    public GenerationDefaults TokensIn(Tokenizer tokenizer) => new()
    {
        BosTokenId = BosToken is null ? null : tokenizer.IdOf(BosToken),
        EosTokenIds = EosToken is not null && tokenizer.IdOf(EosToken) is { } eos ? [eos] : [],
        PadTokenId = PadToken is null ? null : tokenizer.IdOf(PadToken),
    };

    /// <summary>The texts of token ids, to be written.</summary>
    public static TokenizerConfig From(Tokenizer tokenizer, GenerationDefaults defaults, string? chatTemplate) => new(
        defaults.BosTokenId is { } bos ? tokenizer.Piece(bos) : null,
        defaults.EosTokenIds is [var eos, ..] ? tokenizer.Piece(eos) : null,
        defaults.PadTokenId is { } pad ? tokenizer.Piece(pad) : null,
        chatTemplate);

    // A token is a text, or an object with its text under "content".
    private static string? Token(JsonSection json, string key) =>
        json.Optional(key) is { ValueKind: JsonValueKind.Object }
            ? json.OptionalSection(key)!.OptionalText("content")
            : json.OptionalText(key);

    private static List<object?>? List(JsonSection json)
    {
        if (json.Optional(MoreMarks) is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array) throw json.Wrong(MoreMarks, "a list of tokens");
        return [.. list.EnumerateArray().Select(item => item.ValueKind switch
        {
            JsonValueKind.String => (object?)item.GetString(),
            JsonValueKind.Object when item.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String =>
                content.GetString(),
            _ => throw json.Wrong(MoreMarks, "a list of texts, or of objects with their text under content"),
        })];
    }

    // One template, or several with names: the one named default, else the first.
    private static string? Template(JsonSection json)
    {
        const string Key = "chat_template";
        if (json.Optional(Key) is not { ValueKind: JsonValueKind.Array } list)
            return json.OptionalText(Key);
        var named = list.EnumerateArray().Select(item => NamedTemplate(json, Key, item)).ToArray();
        return named.FirstOrDefault(item => item.Name == "default", named.FirstOrDefault()).Template;
    }

    private static (string? Name, string? Template) NamedTemplate(JsonSection json, string key, JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && item.TryGetProperty("template", out var template) && template.ValueKind == JsonValueKind.String
            ? (name.GetString(), template.GetString())
            : throw json.Wrong(key, "a text, or a list of objects with name and template");

    private static void WriteIfSet(JsonObject json, string key, string? text)
    {
        if (text is not null)
            json[key] = text;
    }
}
