using System.Security.Cryptography;

namespace LlmRabbitHoles.CommandLine.Doctor;

/// <summary>Whether a model's weights are those that were recorded: SHA256SUMS in its folder, in the format of sha256sum.</summary>
internal static class ModelHash
{
    private const string Subject = "model hash";

    public static Finding Check(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).ToArray() : [];
        if (files.Length == 0) return new Finding(Subject, "no *.safetensors to hash", "Name a folder with weights with --model or RABBIT_MODEL.");
        var recorded = Recorded(Path.Combine(folder, "SHA256SUMS"));
        foreach (var file in files)
        {
            var (name, hash) = (Path.GetFileName(file), HashOf(file));
            if (recorded.TryGetValue(name, out var expected) && expected != hash)
            {
                return new Finding(Subject, $"the hash of {name} is {hash}, and {expected} was recorded: its weights were changed",
                    $"Restore it (git checkout -- {folder}), or, if the change is meant: cd {folder} && sha256sum *.safetensors > SHA256SUMS");
            }
        }
        return new Finding(Subject, $"sha256 {HashOf(files[0])}{(recorded.Count > 0 ? ", as recorded" : " (none recorded to compare with)")}");
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // "<64 hex digits>  <file name>"
    private static Dictionary<string, string> Recorded(string sums) => File.Exists(sums)
        ? File.ReadLines(sums).Select(line => line.Split("  ", 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[1].TrimStart('*'), pair => pair[0], StringComparer.Ordinal)
        : [];
}
