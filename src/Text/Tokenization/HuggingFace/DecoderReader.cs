namespace LlmRabbitHoles.Tokenization;

/// <summary>Checks that a tokenizer.json's <c>decoder</c> joins bytes, which is the one way in which tokens become text here.</summary>
internal static class DecoderReader
{
    public static void Check(JsonPart decoder)
    {
        if (!decoder.Exists) return;
        var type = decoder["type"].Text();
        if (type == "Sequence")
        {
            foreach (var step in decoder["decoders"].Items()) Check(step);
        }
        else if (type is not ("ByteLevel" or "Fuse"))
        {
            throw decoder["type"].Error($"'{type}' is not supported. ByteLevel is; choose a checkpoint with a byte-level tokenizer.");
        }
    }
}
