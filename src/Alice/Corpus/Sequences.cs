namespace LlmRabbitHoles.Alice;

/// <summary>Things that follow one another: numbers as words and figures, days, months, seasons, letters.</summary>
internal static class Sequences
{
    public static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    public static readonly string[] Seasons = ["spring", "summer", "autumn", "winter"];

    public static readonly string[] Letters = [.. Enumerable.Range('A', 26).Select(letter => ((char)letter).ToString())];

    public static readonly string[] Ordinals =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    /// <summary>Number words from first to last, by a step that may be negative.</summary>
    public static IEnumerable<string> Words(int first, int count, int step = 1) =>
        Enumerable.Range(0, count).Select(index => English.Number(first + index * step));

    /// <summary>Figures from first, by a step that may be negative.</summary>
    public static IEnumerable<string> Figures(int first, int count, int step = 1) =>
        Enumerable.Range(0, count).Select(index => (first + index * step).ToString());

    /// <summary>Items from a start, going round.</summary>
    public static IEnumerable<string> Round(IReadOnlyList<string> items, int start, int count) =>
        Enumerable.Range(start, count).Select(index => items[index % items.Count]);
}
