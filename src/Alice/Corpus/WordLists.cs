namespace LlmRabbitHoles.Alice;

/// <summary>The named lists of one file in data/corpus/lists, their words in the order of the file.</summary>
internal sealed class WordLists
{
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly string _file;

    private WordLists(string file)
    {
        _file = file;
        List<string>? list = null;
        foreach (var line in CorpusResource.Lines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] != ' ')
                _lists.Add(line, list = []);
            else
                (list ?? throw new InvalidDataException($"data/corpus/{file}: '{line.Trim()}' stands before the name of a list."))
                    .Add(line.Trim());
        }
    }

    /// <summary>A list's name alone on its line, below it the words, one to a line and indented.</summary>
    public string[] this[string list] => _lists.TryGetValue(list, out var words)
        ? [.. words]
        : throw new InvalidDataException($"data/corpus/{_file} has no list '{list}'. It has {string.Join(", ", _lists.Keys)}.");

    /// <summary>Reads data/corpus/lists/<paramref name="name"/>.txt.</summary>
    public static WordLists Read(string name) => new($"lists/{name}.txt");
}
