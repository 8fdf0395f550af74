using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads what Metaspace, as a pre-tokenizer and as a decoder, says of ▁.</summary>
internal static class MetaspaceReader
{
    public static Metaspace Read(JsonPart part) => new(Replacement(part), Scheme(part), part["split"].Flag(true));

    /// <summary>What stands for a space.</summary>
    public static char Replacement(JsonPart part) => part["replacement"].Character() is [var character]
        ? character
        : throw part["replacement"].Error("lies beyond U+FFFF, which is not supported. Take ▁, U+2581.");

    /// <summary>Where it is put before a text; older files say so with add_prefix_space.</summary>
    public static PrependScheme Scheme(JsonPart part)
    {
        var scheme = part["prepend_scheme"];
        var read = scheme.TextOrNull() switch
        {
            null or "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            var other => throw scheme.Error($"is '{other}'; it must be one of always, first, never."),
        };
        if (part["add_prefix_space"].Flag(true)) return read;
        return !scheme.Exists || read == PrependScheme.Never
            ? PrependScheme.Never
            : throw scheme.Error($"is '{scheme.Text()}', and add_prefix_space is false. Say never, or leave add_prefix_space out.");
    }
}
