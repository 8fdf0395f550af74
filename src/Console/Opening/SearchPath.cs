namespace LlmRabbitHoles.CommandLine.Opening;

/// <summary>The programs that a name alone would start.</summary>
internal static class SearchPath
{
    /// <summary>The first of the programs that PATH has, as a full path; null where it has none.</summary>
    public static string? Find(params string[] programs) => (
        from program in programs
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let file = Path.Combine(folder, program)
        where File.Exists(file)
        select file).FirstOrDefault();
}
