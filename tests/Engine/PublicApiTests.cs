using LlmRabbitHoles.Tests;
using PublicApiGenerator;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>The engine's door: what a program that references it can see.</summary>
public class PublicApiTests
{
    [Fact]
    public void EveryPublicMemberIsListed()
    {
        var found = typeof(LanguageModel).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });
        var listed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt"));
        if (Lines(found).SequenceEqual(Lines(listed))) return;

        var written = Path.Combine(AppContext.BaseDirectory, "PublicApi.found.txt");
        File.WriteAllText(written, found + "\n");
        Assert.Fail(
            "The engine's public members are not those of tests/Engine/PublicApi.txt.\n" +
            $"New: {string.Join(", ", Lines(found).Except(Lines(listed)).Take(10))}\n" +
            $"Gone: {string.Join(", ", Lines(listed).Except(Lines(found)).Take(10))}\n" +
            "Make them internal. Where a tinkerer needs them, list them: " +
            $"cp {Path.GetRelativePath(Repository.Root, written)} tests/Engine/PublicApi.txt");
    }

    private static List<string> Lines(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
