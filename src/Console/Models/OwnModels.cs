using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Hub;

namespace LlmRabbitHoles.CommandLine;

/// <summary>The models that lie in the repository, data/models.</summary>
internal static class OwnModels
{
    public static IEnumerable<ModelJson> All()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(ModelFolder.Named("alice")))!;
        if (!Directory.Exists(folder)) return [];
        return from place in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
               where File.Exists(Path.Combine(place, "config.json"))
               let files = new DirectoryInfo(place).GetFiles()
               select new ModelJson(
                   Path.GetFileName(place), "-", null, files.Sum(file => file.Length),
                   CachedModel.FormatOf(files.Select(file => file.Name)),
                   files.Max(file => new DateTimeOffset(file.LastAccessTimeUtc)), place);
    }
}
