using LlmRabbitHoles.Tokenization.PostProcessing;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads a tokenizer.json's <c>post_processor</c> for single texts; templates for pairs are passed over.</summary>
internal static class TemplateReader
{
    public static SpecialTokenTemplate Read(JsonPart part) => !part.Exists ? SpecialTokenTemplate.None : part["type"].Text() switch
    {
        "ByteLevel" => SpecialTokenTemplate.None,
        "TemplateProcessing" => Template(part),
        "BertProcessing" or "RobertaProcessing" => new([IdInPair(part["cls"])], [IdInPair(part["sep"])]),
        "Sequence" => part["processors"].Items().Aggregate(SpecialTokenTemplate.None, (inner, step) => inner.Within(Read(step))),
        var type => throw part["type"].Error(
            $"'{type}' is not supported. Known are TemplateProcessing, ByteLevel, BertProcessing, RobertaProcessing and Sequence."),
    };

    private static SpecialTokenTemplate Template(JsonPart part)
    {
        var (before, after) = (new List<int>(), new List<int>());
        var met = false;
        foreach (var piece in part["single"].Items())
        {
            if (piece["SpecialToken"].Exists)
            {
                (met ? after : before).AddRange(Ids(piece["SpecialToken"]["id"], part["special_tokens"]));
            }
            else
            {
                if (met || piece["Sequence"]["id"].Text() != "A") throw piece.Error("must be a special token or, once, the sequence A.");
                met = true;
            }
        }

        return met
            ? new SpecialTokenTemplate(before, after)
            : throw part["single"].Error("lacks the sequence A, so the text itself would be lost.");
    }

    private static IEnumerable<int> Ids(JsonPart name, JsonPart specialTokens)
    {
        var token = specialTokens[name.Text()];
        return token.Exists
            ? token["ids"].Items().Select(id => id.Id())
            : throw name.Error($"is '{name.Text()}', which {specialTokens.Path} doesn't describe. Add it there.");
    }

    private static int IdInPair(JsonPart pair) => pair.Items().ElementAtOrDefault(1) is { Exists: true } id
        ? id.Id()
        : throw pair.Error("must be a token's text and its id.");
}
