using System.Text.Json.Nodes;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>A JSON file below tiers.</summary>
internal static class TierFile
{
    /// <summary>What the file holds.</summary>
    /// <exception cref="CurriculumException">The file is missing or not JSON; the message names it and the place.</exception>
    public static JsonNode? Read(string file)
    {
        try
        {
            return StrictJson.ParseNode(File.ReadAllBytes(file), file);
        }
        catch (JsonFileException broken)
        {
            throw new CurriculumException($"{broken.Message} Correct it there.", broken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CurriculumException($"'{file}' cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
