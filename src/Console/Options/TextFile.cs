using System.Text;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Files of UTF-8 text that an option names.</summary>
internal static class TextFile
{
    /// <exception cref="WorkFailedException">There is no such file, it cannot be read, or it is not UTF-8; then the message names the first
    /// byte that is not.</exception>
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WorkFailedException(
                Directory.Exists(path) ? $"'{path}' is a folder; a text file is needed. Name a file in it."
                : !Path.Exists(path) ? $"File '{path}' does not exist. Check the path, or name another text file."
                : $"'{path}' cannot be read: {e.Message.TrimEnd('.')}. Check its permissions and the disk.", e);
        }
    }
}
