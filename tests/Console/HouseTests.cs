using System.Text.RegularExpressions;

namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>The rooms of src and the doors between them, as DESIGN draws them.</summary>
public partial class HouseTests
{
    private static readonly Dictionary<string, string[]> Doors = new(StringComparer.Ordinal)
    {
        ["Text"] = [],
        ["Kernels"] = [],
        ["Engine"] = ["Kernels", "Text"],
        ["Hub"] = ["Text"],
        ["Agents"] = ["Engine", "Text"],
        ["Training"] = ["Engine", "Kernels", "Text"],
        ["Alice"] = ["Agents", "Engine", "Text", "Training"],
        ["Lessons"] = ["Agents", "Engine", "Text"],
        ["Notebooks"] = ["Engine", "Lessons", "Text"],
        ["Book"] = ["Engine", "Lessons", "Notebooks", "Text"],
        ["Console"] = ["Agents", "Alice", "Book", "Engine", "Hub", "Lessons", "Notebooks", "Text", "Training"],
    };

    private static readonly string[] WithTensors = ["Engine", "Training", "Alice", "Lessons", "Console"];

    // Folders of the engine in the order in which they may use each other: only what stands before.
    private static readonly string[] EngineFolders =
        ["Devices", "Quantization", "Tracing", "Sampling", "Caching", "Attending", "Model", "Checkpoints", "Generation"];

    public static TheoryData<string> Rooms => [.. Doors.Keys];

    private static string Source => Path.Combine(Rabbit.Root, "src");

    [Fact]
    public void EveryRoomIsDrawn() => Assert.Equal(
        Doors.Keys.Order(StringComparer.Ordinal),
        Directory.GetDirectories(Source).Where(room => Directory.GetFiles(room, "*.csproj").Length > 0)
            .Select(room => Path.GetFileName(room)!).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Rooms))]
    public void ARoomReferencesOnlyThoseItHasADoorTo(string room) => Assert.Empty(
        References().Matches(File.ReadAllText(Path.Combine(Source, room, $"{room}.csproj")))
            .Select(found => found.Groups[1].Value).Except(Doors[room]));

    [Theory, MemberData(nameof(Rooms))]
    public void ARoomNamesOnlyThoseItHasADoorTo(string room)
    {
        var homes = Doors.Keys.SelectMany(other => Files(other).Select(file => (Room: other, Namespace: NamespaceOf(file))))
            .Where(home => home.Namespace.Length > 0).ToLookup(home => home.Namespace, home => home.Room);
        var wrong =
            from file in Files(room)
            from used in Usings().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value)
            where homes.Contains(used) && !homes[used].Any(home => home == room || Doors[room].Contains(home))
            select $"{file} uses {used}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void OnlyRoomsThatComputeSeeTensors() => Assert.DoesNotContain(
        Doors.Keys.Except(WithTensors).SelectMany(Files), file => Torch().IsMatch(File.ReadAllText(file)));

    [Fact]
    public void FoldersOfTheEngineUseOnlyThoseBeforeThem()
    {
        var wrong =
            from folder in EngineFolders
            from file in Files(Path.Combine("Engine", folder))
            from name in Usings().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value)
            let used = name.Split('.').ElementAtOrDefault(1) ?? ""
            where Array.IndexOf(EngineFolders, used) > Array.IndexOf(EngineFolders, folder)
            select $"{file} uses {used}";
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Files(string room) => Directory
        .EnumerateFiles(Path.Combine(Source, room), "*.cs", SearchOption.AllDirectories).Where(file => !Built().IsMatch(file));

    private static string NamespaceOf(string file) => Namespace().Match(File.ReadAllText(file)).Groups[1].Value;

    [GeneratedRegex("ProjectReference Include=\"[^\"]*/(\\w+)[.]csproj\"")]
    private static partial Regex References();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(LlmRabbitHoles[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"^namespace (LlmRabbitHoles[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("^(?:global )?using (?:static )?TorchSharp", RegexOptions.Multiline)]
    private static partial Regex Torch();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Built();
}
