using System.Globalization;

namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>What each code point is made of and how combining marks are ordered (UnicodeTables.txt).</summary>
/// <remarks>
/// .NET takes these from ICU, which a program in the invariant culture runs without: there <see cref="string.Normalize()"/>
/// returns its input. A tokenizer's ids may not depend on that.
/// </remarks>
internal sealed class UnicodeTables
{
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatibility = [];
    private readonly Dictionary<(int, int), int> _composites = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly HashSet<int> _secondParts = [];

    private UnicodeTables(TextReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            if (line[0] != '#') Read(line.Split(' '));
        }
    }

    /// <summary>The tables, read once.</summary>
    public static UnicodeTables Shared { get; } = Open();

    /// <summary>How far a combining mark sorts from its letter; 0 for letters and all else.</summary>
    public byte CombiningClass(int point) => _classes.GetValueOrDefault(point);

    /// <summary>The next step of a decomposition, or null.</summary>
    public int[]? Decomposition(int point, bool compatibility) =>
        _canonical.TryGetValue(point, out var parts) || (compatibility && _compatibility.TryGetValue(point, out parts)) ? parts : null;

    /// <summary>The one code point that two compose to, or null.</summary>
    public int? Composite(int first, int second) => _composites.TryGetValue((first, second), out var whole) ? whole : null;

    /// <summary>Whether a code point may join what stands before it, and so can change under composition.</summary>
    public bool ComposesBackwards(int point) => _secondParts.Contains(point);

    private static UnicodeTables Open()
    {
        var type = typeof(UnicodeTables);
        var stream = type.Assembly.GetManifestResourceStream($"{type.FullName}.txt")
            ?? throw new InvalidOperationException($"The assembly lacks its resource {type.FullName}.txt; build it from its project file.");
        using var reader = new StreamReader(stream);
        return new UnicodeTables(reader);
    }

    private void Read(string[] line)
    {
        if (line[0] == "^")
        {
            for (var point = Hex(line[1]); point <= Hex(line[2]); point++) _classes[point] = byte.Parse(line[3]);
            return;
        }

        var whole = Hex(line[1]);
        var parts = line.Skip(2).Select(Hex).ToArray();
        (line[0] == "~" ? _compatibility : _canonical).Add(whole, parts);
        if (line[0] != "=") return;
        _composites.Add((parts[0], parts[1]), whole);
        _secondParts.Add(parts[1]);
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber);
}
