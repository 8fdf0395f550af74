using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmRabbitHoles.Agents.Memories;

/// <summary>A memory as a JSON file: <c>{"summary": "", "messages": [{"role": "user", "content": "Hi"}]}</c>.</summary>
public static class MemoryFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes what a memory keeps; a file that is there stays whole until the new one is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">What is kept.</param>
    public static void Save(string path, MemoryState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var written = path + ".new";
        File.WriteAllText(written, JsonSerializer.Serialize(state, Format));
        File.Move(written, path, overwrite: true);
    }

    /// <summary>Reads what was saved.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Fields of messages beyond role and content come back as JSON values.</returns>
    /// <exception cref="MemoryFileException">The file is not a saved memory; the message says where.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static MemoryState Load(string path)
    {
        try
        {
            var state = JsonSerializer.Deserialize<MemoryState>(File.ReadAllText(path), Format)
                ?? throw new MemoryFileException($"'{path}' holds null, which is not a memory.");
            if (state.Messages.Any(message => message is null or { Role.Length: 0 }))
                throw new MemoryFileException($"'{path}' holds a message without a role. Mend it, or delete the file.");
            return state;
        }
        catch (JsonException error)
        {
            throw new MemoryFileException($"'{path}' is not a saved memory: {error.Message} Mend it, or delete the file.", error);
        }
    }
}

/// <summary>Thrown when a file is not a saved memory.</summary>
public sealed class MemoryFileException(string message, Exception? inner = null) : IOException(message, inner);
