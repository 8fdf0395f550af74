using System.Text.RegularExpressions;
using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization.Normalization;

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
        "Sequence" => new NormalizerSequence([.. part["normalizers"].Items().Select(Read).OfType<INormalizer>()]),
        var type => throw part["type"].Error(
            $"'{type}' is not supported. Known are NFC, NFD, NFKC, NFKD, Lowercase, Prepend, Replace, Strip, StripAccents and Sequence."),
    };

    private static Replace ReadReplace(JsonPart part)
    {
        var pattern = part["pattern"];
        var expression = pattern["String"].TextOrNull() is { } text ? Regex.Escape(text) : pattern["Regex"].Text();
        try
        {
            return new Replace(new Regex(RegexNotation.ToDotNet(expression), RegexOptions.CultureInvariant), part["content"].Text());
        }
        catch (ArgumentException cause)
        {
            throw pattern.Error($"is no regular expression that .NET can read: {cause.Message}", cause);
        }
    }
}
