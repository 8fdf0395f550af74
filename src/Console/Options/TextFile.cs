using System.Text;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Files of UTF-8 text that an option names.</summary>
internal static class TextFile
{
    /// <exception cref="WorkFailedException">The file is not UTF-8; the message names the first byte that is not.</exception>
    public static string Read(string path)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException e)
        {
            throw new WorkFailedException(
                $"'{path}' is not UTF-8 text: byte {e.Index} cannot be read. Convert it first, for example with iconv.");
        }
    }
}
