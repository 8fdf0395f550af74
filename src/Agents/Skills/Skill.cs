namespace LlmRabbitHoles.Agents.Skills;

/// <summary>A folder with a <c>SKILL.md</c>: what a model is to do in some kind of task, and files that it may read for that.</summary>
/// <remarks>
/// <code>
/// ---
/// name: capitals
/// description: answers in capital letters
/// ---
/// Answer in capital letters.
/// </code>
/// Two lines of front matter are read, name and description; others are left alone.
/// </remarks>
/// <param name="Name">Lower-case letters, digits and hyphens; the name of its folder.</param>
/// <param name="Description">When it is of use, in one line.</param>
/// <param name="Instructions">What stands below the front matter.</param>
/// <param name="Folder">Where its files are.</param>
public sealed record Skill(string Name, string Description, string Instructions, string Folder)
{
    private const string FileName = "SKILL.md";
    private const int MostBytes = 200_000;

    /// <summary>Reads all skills below a folder, in the order of their names.</summary>
    /// <param name="folder">Holds one folder for each skill; folders without a <c>SKILL.md</c> are left alone.</param>
    /// <exception cref="SkillException">A <c>SKILL.md</c> is malformed; the message names it.</exception>
    public static IReadOnlyList<Skill> LoadAll(string folder) =>
        [.. Directory.GetDirectories(folder).Where(skill => File.Exists(Path.Combine(skill, FileName)))
            .Order(StringComparer.Ordinal).Select(Load)];

    /// <summary>Reads one skill.</summary>
    /// <param name="folder">Holds its <c>SKILL.md</c>.</param>
    /// <exception cref="SkillException">There is no such file, or it is malformed; the message names it.</exception>
    public static Skill Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new SkillException($"There is no '{path}'. Write one with a name and a description.");
        if (new FileInfo(path).Length > MostBytes)
            throw new SkillException($"'{path}' is longer than 200,000 bytes. Move what is not always needed to files beside it.");
        var lines = File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
        var end = Array.IndexOf(lines, "---", 1);
        if (lines[0] != "---" || end < 0)
        {
            throw new SkillException(
                $"'{path}' does not begin with front matter between two lines of three hyphens. Add name and description.");
        }
        var fields = Fields(lines[1..end], path);
        var name = Needed(fields, "name", path);
        var own = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (!IsName(name) || name != own)
        {
            throw new SkillException($"The name in '{path}' is '{name}'; it must be that of its folder, '{own}', in lower-case letters, " +
                "digits and hyphens. Rename one of them.");
        }
        var instructions = string.Join('\n', lines[(end + 1)..]).Trim();
        if (instructions.Length == 0)
            throw new SkillException($"'{path}' has no instructions below its front matter. Write what is to be done.");
        return new Skill(name, Needed(fields, "description", path), instructions, Path.GetFullPath(folder));
    }

    /// <summary>Reads a file of the skill.</summary>
    /// <param name="path">From the skill's folder; it may not lead out of it, nor through a link.</param>
    /// <exception cref="SkillException">The path leads out of the folder, or there is no such file.</exception>
    public string ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var root = Path.TrimEndingDirectorySeparator(Folder) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(Path.Combine(root, path));
        if (Path.IsPathRooted(path) || !full.StartsWith(root, StringComparison.Ordinal) || GoesThroughLink(full))
            throw new SkillException($"'{path}' leads out of the skill '{Name}'. Name a file below its folder.");
        if (!File.Exists(full)) throw new SkillException($"The skill '{Name}' has no file '{path}'.");
        if (new FileInfo(full).Length > MostBytes)
            throw new SkillException($"The file '{path}' of the skill '{Name}' is longer than 200,000 bytes.");
        return File.ReadAllText(full);
    }

    private bool GoesThroughLink(string full)
    {
        for (var at = full; at is not null && at.Length > Folder.Length; at = Path.GetDirectoryName(at))
        {
            if (new FileInfo(at).LinkTarget is not null) return true;
        }
        return false;
    }

    private static Dictionary<string, string> Fields(string[] lines, string path)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            // Indented lines and lists belong to fields that are not read here.
            if (line.Length == 0 || line[0] is ' ' or '-' or '#' || line.Split(':', 2) is not [var name, var value]) continue;
            if (!fields.TryAdd(name.Trim(), Unquoted(value.Trim())))
                throw new SkillException($"The front matter of '{path}' has '{name}' twice. Leave one of them out.");
        }
        return fields;
    }

    private static string Unquoted(string value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;

    private static string Needed(Dictionary<string, string> fields, string name, string path) =>
        fields.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw new SkillException($"The front matter of '{path}' has no {name}. Add a line '{name}: ...'.");

    private static bool IsName(string name) =>
        name.Length <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>Thrown when a skill's file is malformed, is not there, or lies outside its folder.</summary>
public sealed class SkillException(string message, Exception? inner = null) : IOException(message, inner);
