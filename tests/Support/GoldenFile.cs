using System.Text.Json;

namespace LlmRabbitHoles.Tests;

/// <summary>Files under Golden, next to the test program.</summary>
internal static class GoldenFile
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);

    public static JsonElement Read(string name) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(PathOf(name)));
}
