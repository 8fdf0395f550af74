namespace LlmRabbitHoles.Notebooks.Jupyter.Messages;

/// <summary>
/// Positions in a text: Jupyter counts Unicode code points, C# counts UTF-16
/// units. An emoji is one code point and two UTF-16 units.
/// </summary>
/// <remarks>https://jupyter-client.readthedocs.io/en/stable/messaging.html#cursor-pos-unicode-note</remarks>
internal static class CodePoints
{
    /// <returns>The index behind the first <paramref name="codePoints"/> code points; the text's end when it has fewer.</returns>
    public static int ToIndex(string text, int codePoints)
    {
        var index = 0;
        for (var counted = 0; counted < codePoints && index < text.Length; counted++)
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <returns>How many code points stand before <paramref name="index"/>; half of a pair counts as one.</returns>
    public static int FromIndex(string text, int index)
    {
        var codePoints = 0;
        for (var at = 0; at < index && at < text.Length; codePoints++)
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return codePoints;
    }
}
