using LlmRabbitHoles.Tokenization.Normalization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads a tokenizer.json's <c>normalizer</c>.</summary>
internal static class NormalizerReader
{
    public static INormalizer? Read(JsonPart part) => !part.Exists ? null : part["type"].Text() switch
    {
        "NFC" => new UnicodeNormalizer(compose: true, compatibility: false),
        "NFD" => new UnicodeNormalizer(compose: false, compatibility: false),
        "NFKC" => new UnicodeNormalizer(compose: true, compatibility: true),
        "NFKD" => new UnicodeNormalizer(compose: false, compatibility: true),
        "Lowercase" => new Lowercase(),
        "Prepend" => new Prepend(part["prepend"].Text()),
        "Replace" => ReadReplace(part),
        "Strip" => new Strip(part["strip_left"].Flag(true), part["strip_right"].Flag(true)),
        "StripAccents" => new StripAccents(),
        "Precompiled" => ReadRules(part["precompiled_charsmap"]),
        "Sequence" => new NormalizerSequence([.. part["normalizers"].Items().Select(Read).OfType<INormalizer>()], TokenizerPlace.Of(part)),
        var type => throw part["type"].Error(
            $"'{type}' is not supported. " +
            "Known are NFC, NFD, NFKC, NFKD, Lowercase, Precompiled, Prepend, Replace, Strip, StripAccents and Sequence."),
    };

    private static CharacterMap ReadRules(JsonPart part)
    {
        try
        {
            return new CharacterMap(Convert.FromBase64String(part.Text()), TokenizerPlace.Of(part));
        }
        catch (FormatException cause)
        {
            throw part.Error("is not base64. Fetch the file again.", cause);
        }
    }

    private static Replace ReadReplace(JsonPart part) =>
        new(PatternReader.Read(part["pattern"]), part["content"].Text(), TokenizerPlace.Of(part));
}
