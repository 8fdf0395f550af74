using System.Text.Json.Nodes;

namespace LlmRabbitHoles.Notebooks.Tiers;

/// <summary>The map of all rabbit holes: a tree below one question, read from tiers/tier0.json to tier4.json.</summary>
public sealed class Curriculum
{
    private const string Planned = "planned";
    private readonly Dictionary<string, RabbitHole> _byId;

    private Curriculum(IReadOnlyList<RabbitHole> holes)
    {
        Holes = holes;
        _byId = holes.ToDictionary(hole => hole.Id);
        foreach (var hole in holes)
            CheckLinks(hole);
        foreach (var hole in holes)
            CheckOrder(hole, []);
        Root = holes.Single(hole => hole.Parent is null);
    }

    /// <summary>Every hole, tier by tier, in reading order.</summary>
    public IReadOnlyList<RabbitHole> Holes { get; }

    /// <summary>The question that the series starts from.</summary>
    public RabbitHole Root { get; }

    /// <summary>The hole of that id.</summary>
    /// <exception cref="KeyNotFoundException">No hole has that id.</exception>
    public RabbitHole this[string id] => _byId[id];

    /// <summary>The holes entered from <paramref name="hole"/>, in reading order.</summary>
    public IEnumerable<RabbitHole> ChildrenOf(RabbitHole hole) => Holes.Where(child => child.Parent == hole.Id);

    /// <summary>The number of a hole: its tier and its place in the tier, such as 1.3; 0 for the root.</summary>
    public string NumberOf(RabbitHole hole) => hole.Parent is null
        ? "0"
        : $"{hole.Tier}.{1 + Holes.Where(other => other.Tier == hole.Tier).TakeWhile(other => other.Id != hole.Id).Count()}";

    /// <summary>Finds a hole by its id, its number, its title or its notebook's path; null if none matches.</summary>
    public RabbitHole? Find(string name) => Holes.FirstOrDefault(hole => NamesOf(hole).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Ids of holes that <paramref name="name"/> may have been meant for, likeliest first.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="distance">How many letters lie between two words.</param>
    public IReadOnlyList<string> NearestTo(string name, Func<string, string, int> distance)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(distance);
        var word = name.ToLowerInvariant();
        return [.. Holes
            .Select(hole => (hole.Id, Away: hole.Id.Contains(word, StringComparison.Ordinal)
                ? 0
                : NamesOf(hole).Min(other => distance(other.ToLowerInvariant(), word))))
            .Where(near => near.Away <= Math.Max(2, word.Length / 3))
            .OrderBy(near => near.Away).Select(near => near.Id).Take(5)];
    }

    /// <summary>Reads and checks the curriculum of the repository at <paramref name="root"/>.</summary>
    /// <exception cref="CurriculumException">
    /// A file is missing or broken, an id is used twice, or a link leads nowhere or in a circle.
    /// </exception>
    public static Curriculum Load(string root)
    {
        var folder = Path.Combine(root, "tiers");
        if (!Directory.Exists(folder))
            throw new CurriculumException(
                $"There is no folder '{folder}'; the curriculum is read from tiers/tier0.json to tier4.json, below the repository's root.");
        var holes = Directory.EnumerateFiles(folder, "tier*.json").Order(StringComparer.Ordinal).SelectMany(ReadTier).ToList();
        if (holes.CountBy(hole => hole.Id).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw new CurriculumException($"The id '{twice}' is used twice in '{folder}'; change one of the two.");
        var roots = holes.Count(hole => hole.Parent is null);
        if (roots != 1)
            throw new CurriculumException($"{roots} entries in '{folder}' have no parent; exactly one, the root, must have none.");
        return new Curriculum(holes);
    }

    private string[] NamesOf(RabbitHole hole) =>
        [
            hole.Id, NumberOf(hole), hole.Title,
            .. hole.Notebook is { } path ? new[] { path, Path.GetFileName(path), Path.GetFileNameWithoutExtension(path) } : [],
        ];

    private static IEnumerable<RabbitHole> ReadTier(string file)
    {
        var json = TierFile.Read(file) as JsonObject ?? throw new CurriculumException($"'{file}' is not a JSON object.");
        if (json["tier"] is not JsonValue number || !number.TryGetValue<int>(out var tier))
            throw new CurriculumException($"'{file}' has no whole number 'tier'.");
        var holes = json["holes"] as JsonArray ?? throw new CurriculumException($"'{file}' has no array 'holes'.");
        return holes.Select((hole, index) => ReadHole(
            hole as JsonObject ?? throw new CurriculumException($"'{file}', entry {index + 1}, " +
                "is not a JSON object."), tier, $"'{file}', entry {index + 1},"));
    }

    private static RabbitHole ReadHole(JsonObject json, int tier, string place)
    {
        string Text(string key) => OptionalText(json[key]) ?? throw new CurriculumException($"{place} has no text '{key}'.");
        if (json["parent"] is { } parent && OptionalText(parent) is null)
            throw new CurriculumException($"{place} has a parent that is not a text.");
        if (json["prerequisites"] is { } list and not JsonArray)
            throw new CurriculumException($"{place} has prerequisites that are not an array.");
        return new RabbitHole(
            Text("id"), Text("title"), Text("question"), tier, Text("notebook") is var path && path == Planned ? null : path,
            OptionalText(json["parent"]),
            [.. (json["prerequisites"] as JsonArray ?? []).Select(id =>
                OptionalText(id) ?? throw new CurriculumException($"{place} has a prerequisite that is not a text."))],
            [.. (json["parts"] as JsonArray ?? []).Select(name => PartOf(name, place))]);
    }

    private static MachinePart PartOf(JsonNode? name, string place) =>
        MachinePart.All.FirstOrDefault(part => part.Name == OptionalText(name)) ?? throw new CurriculumException(
            $"{place} has the part {name?.ToJsonString() ?? "null"}; the parts are " +
                $"{string.Join(", ", MachinePart.All.Select(p => p.Name))}.");

    private static string? OptionalText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<string> Links(RabbitHole hole) =>
        hole.Parent is { } parent ? hole.Prerequisites.Append(parent) : hole.Prerequisites;

    private void CheckLinks(RabbitHole hole)
    {
        if (Links(hole).FirstOrDefault(id => !_byId.ContainsKey(id)) is { } lost)
            throw new CurriculumException(
                $"'{hole.Id}' depends on '{lost}', which is not in any tier; correct its parent or prerequisites.");
        if (hole.Parent is { } parent && _byId[parent] is var above && above.Tier >= hole.Tier)
        {
            throw new CurriculumException(
                $"'{hole.Id}' of tier {hole.Tier} has the parent '{parent}' of tier {above.Tier}; a parent lies above its children.");
        }
    }

    private void CheckOrder(RabbitHole hole, List<string> way)
    {
        if (way.Contains(hole.Id))
            throw new CurriculumException($"The prerequisites go in a circle: {string.Join(" -> ", way.Append(hole.Id))}.");
        way.Add(hole.Id);
        foreach (var id in hole.Prerequisites)
            CheckOrder(_byId[id], way);
        way.RemoveAt(way.Count - 1);
    }
}
