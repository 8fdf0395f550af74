namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads a tokenizer.json's <c>decoder</c>.</summary>
internal static class DecoderReader
{
    /// <summary>Checks that it joins bytes, which is the one way in which byte-level tokens become text.</summary>
    public static void CheckByteLevel(JsonPart decoder)
    {
        foreach (var step in Flatten(decoder))
        {
            var type = step["type"].Text();
            if (type is not ("ByteLevel" or "Fuse"))
                throw step["type"].Error($"'{type}' is not supported for tokens of bytes. ByteLevel is; TokenizerJson.Load reads others.");
        }
    }

    /// <summary>Reads the steps from pieces to text.</summary>
    public static TokenDecoder Read(JsonPart decoder) => decoder.Exists
        ? new TokenDecoder([.. Flatten(decoder).Select(ReadStep)])
        : new TokenDecoder([], separator: " ");

    private static IEnumerable<JsonPart> Flatten(JsonPart part)
    {
        if (!part.Exists) return [];
        return part["type"].Text() == "Sequence" ? part["decoders"].Items().SelectMany(Flatten) : [part];
    }

    private static DecodingStep ReadStep(JsonPart part) => part["type"].Text() switch
    {
        "Replace" => new ReplaceInTokens(PatternReader.Read(part["pattern"]), part["content"].Text()),
        "ByteFallback" => new JoinBytes(),
        "Fuse" => new Fuse(),
        "Strip" => new StripEnds(part["content"].Character(), part["start"].Count(), part["stop"].Count()),
        "Metaspace" => new RemoveMetaspace(
            MetaspaceReader.Replacement(part).ToString(), MetaspaceReader.Scheme(part) != PreTokenization.PrependScheme.Never),
        var type => throw part["type"].Error(
            $"'{type}' is not supported for pieces of text. Known are Replace, ByteFallback, Fuse, Strip, Metaspace and Sequence."),
    };
}
