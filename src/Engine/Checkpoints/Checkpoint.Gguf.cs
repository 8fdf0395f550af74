using LlmRabbitHoles.Checkpoints.Gguf;

namespace LlmRabbitHoles.Checkpoints;

/// <content>A checkpoint that is one GGUF file.</content>
public sealed partial class Checkpoint
{
    private static Checkpoint OpenGguf(string path)
    {
        var file = GgufFile.Open(path);
        try
        {
            var config = GgufConfig.Read(file);
            var (tokenizer, defaults) = (GgufTokenizer.Read(file.Settings), GgufTokenizer.Defaults(file.Settings));
            var template = file.Settings.OptionalText("tokenizer.chat_template");
            var marks = tokenizer is null ? new(null, null, null, template) : TokenizerConfig.From(tokenizer, defaults, template);
            return new(path, config, new GgufModelWeights(file, config))
            {
                Tokenizer = tokenizer,
                Defaults = defaults,
                ChatTemplate = ParseTemplate(path, marks with { SpecialTokens = Named(marks) }),
                ChatTemplateText = template,
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static Dictionary<string, object?> Named(TokenizerConfig marks)
    {
        var all = new Dictionary<string, object?> { ["bos_token"] = marks.BosToken, ["eos_token"] = marks.EosToken };
        foreach (var absent in all.Where(mark => mark.Value is null).Select(mark => mark.Key).ToArray()) all.Remove(absent);
        return all;
    }
}
