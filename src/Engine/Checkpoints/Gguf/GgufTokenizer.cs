using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>A byte-level BPE tokenizer as entries of a GGUF file.</summary>
internal static partial class GgufTokenizer
{
    private const string Prefix = "tokenizer.ggml.";

    // ggml's kinds of tokens.
    private const int Normal = 1, Control = 3, UserDefined = 4, Unused = 5;

    /// <summary>Adds vocabulary, merges, marks and chat template.</summary>
    /// <exception cref="CheckpointException">There is no tokenizer, or llama.cpp would split texts differently.</exception>
    public static void Describe(GgufMetadata metadata, Checkpoint checkpoint)
    {
        var tokenizer = checkpoint.Tokenizer?.AsByteLevelBpe("A GGUF file") ?? throw new CheckpointException(
            $"'{checkpoint.Folder}' has no tokenizer.json, and a GGUF file needs its vocabulary and merges. " +
            "Add the byte-level BPE tokenizer that the model was trained with.");
        Refuse(checkpoint, tokenizer);
        metadata.Add(Prefix + "model", "gpt2");
        metadata.Add(Prefix + "pre", GgufPreTokenizer.NameOf(tokenizer.Parts));
        AddVocabulary(metadata, tokenizer, checkpoint.Config.VocabularySize);
        AddMerges(metadata, tokenizer);
        AddMarks(metadata, checkpoint, tokenizer);
        if (checkpoint.ChatTemplateText is { } template) metadata.Add("tokenizer.chat_template", template);
    }

    private static void Refuse(Checkpoint checkpoint, ByteLevelBpe tokenizer)
    {
        if (tokenizer.VocabularySize > checkpoint.Config.VocabularySize)
            throw new CheckpointException(
                $"The tokenizer in '{checkpoint.Folder}' has {tokenizer.VocabularySize} tokens, " +
                $"and the model {checkpoint.Config.VocabularySize}. They belong to different models.");
        if (tokenizer.AddedTokens.FirstOrDefault(token => token.SingleWord || token.LeftStrip || token.RightStrip) is { } token)
            throw new CheckpointException(
                $"The added token '{token.Content}' in '{checkpoint.Folder}' looks at the words or the white space around it " +
                "(single_word, lstrip, rstrip); a GGUF file cannot say so. Set these to false.");
    }

    // Rows of the embedding table that no token uses need a text too, and one that no text holds.
    private static void AddVocabulary(GgufMetadata metadata, ByteLevelBpe tokenizer, int size)
    {
        var added = tokenizer.AddedTokens.ToDictionary(token => token.Id);
        var texts = new string[size];
        var kinds = new int[size];
        for (var id = 0; id < size; id++)
        {
            var text = tokenizer.Parts.Model.Vocabulary.TextOf(id);
            texts[id] = text ?? $"[PAD{id}]";
            kinds[id] = text is null ? Unused : !added.TryGetValue(id, out var token) ? Normal : token.Special ? Control : UserDefined;
        }
        metadata.Add(Prefix + "tokens", texts);
        metadata.Add(Prefix + "token_type", kinds);
    }

    private static void AddMerges(GgufMetadata metadata, ByteLevelBpe tokenizer)
    {
        var texts = tokenizer.Parts.Model.Vocabulary.Ids.ToDictionary(pair => pair.Value, pair => pair.Key);
        metadata.Add(Prefix + "merges", [.. tokenizer.Merges.Select(merge => $"{texts[merge.Left]} {texts[merge.Right]}")]);
    }

    private static void AddMarks(GgufMetadata metadata, Checkpoint checkpoint, ByteLevelBpe tokenizer)
    {
        var ends = checkpoint.Defaults.EosTokenIds;
        var endOfTurn = EndOfTurn(checkpoint, tokenizer);
        // llama.cpp takes token 11 where none is named. One that ends documents also begins them, as in GPT-2.
        Add("bos", checkpoint.Defaults.BosTokenId ?? (ends.Count > 0 ? ends[^1] : null));
        Add("eos", ends.Count > 0 ? ends[0] : null);
        Add("eot", endOfTurn);
        Add("eom", ends.Skip(1).Where(id => id != endOfTurn).Select(id => (int?)id).FirstOrDefault());
        Add("padding", checkpoint.Defaults.PadTokenId);
        metadata.Add(Prefix + "add_bos_token", Around(tokenizer.Parts.Template.Before, checkpoint.Defaults.BosTokenId, "before"));
        metadata.Add(Prefix + "add_eos_token", Around(tokenizer.Parts.Template.After, ends.Count > 0 ? ends[0] : null, "behind"));

        void Add(string name, int? id)
        {
            if (id is { } set) metadata.Add($"{Prefix}{name}_token_id", set);
        }
    }

    /// <summary>The end token that the chat template writes behind an answer; without a template the first one.</summary>
    private static int? EndOfTurn(Checkpoint checkpoint, ByteLevelBpe tokenizer)
    {
        var ends = checkpoint.Defaults.EosTokenIds;
        int? first = ends.Count > 0 ? ends[0] : null;
        try
        {
            var chat = checkpoint.ChatTemplate?.Render([new("user", "a"), new("assistant", "b")], addGenerationPrompt: false);
            return chat is null ? first : tokenizer.Encode(chat).Where(ends.Contains).Select(id => (int?)id).LastOrDefault() ?? first;
        }
        catch (ChatTemplateException)   // one that needs more than a question and an answer
        {
            return first;
        }
    }

    private static bool Around(IReadOnlyList<int> tokens, int? mark, string where) => tokens switch
    {
        [] => false,
        [var only] when only == mark => true,
        _ => throw new CheckpointException(
            $"The post_processor of tokenizer.json puts tokens {string.Join(", ", tokens)} {where} a text; " +
            $"llama.cpp puts {(mark is { } id ? $"token {id}" : "none")} there. Remove that part."),
    };
}
