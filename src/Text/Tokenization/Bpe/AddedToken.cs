namespace LlmRabbitHoles.Tokenization;

/// <summary>A token that is found in the raw text, before any merging: <c>&lt;|end|&gt;</c>.</summary>
/// <param name="Id">Its token id.</param>
/// <param name="Content">Its text.</param>
/// <param name="Special">It is a mark, not text: decoders may skip it.</param>
/// <param name="SingleWord">It counts only where no letter, digit or underscore touches it.</param>
/// <param name="LeftStrip">It swallows the white space before it.</param>
/// <param name="RightStrip">It swallows the white space after it.</param>
/// <param name="Normalized">It is looked for in the normalized text, not in the text as given.</param>
public sealed record AddedToken(
    int Id,
    string Content,
    bool Special = true,
    bool SingleWord = false,
    bool LeftStrip = false,
    bool RightStrip = false,
    bool Normalized = false);
