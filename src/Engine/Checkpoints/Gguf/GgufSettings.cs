namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>The keys and values of a GGUF file, read key by key. Every error names the file and the key.</summary>
/// <param name="path">The file's, for messages.</param>
/// <param name="values">Each a long, double, bool or string, or an array of one of these.</param>
internal sealed class GgufSettings(string path, IReadOnlyDictionary<string, object> values)
{
    /// <summary>The file's path, for messages.</summary>
    public string Path => path;

    /// <summary>Whether there is a value of that name.</summary>
    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>A whole number of 1 or more that has to be there.</summary>
    public int Size(string key) => OptionalSize(key) ?? throw Missing(key, "a whole number of 1 or more");

    /// <summary>A whole number of 1 or more, or null where the key is missing.</summary>
    public int? OptionalSize(string key) => values.TryGetValue(key, out var value)
        ? value is long number and >= 1 and <= int.MaxValue ? (int)number : throw Wrong(key, $"a whole number from 1 to {int.MaxValue}")
        : null;

    /// <summary>A token id, or null where the key is missing or says -1.</summary>
    public int? OptionalToken(string key) => values.TryGetValue(key, out var value)
        ? value is long number and >= -1 and <= uint.MaxValue
            ? number is -1 or uint.MaxValue ? null : checked((int)Math.Min(number, int.MaxValue))
            : throw Wrong(key, "a token id")
        : null;

    /// <summary>A finite number more than 0, or null where the key is missing.</summary>
    public double? OptionalPositive(string key) => values.TryGetValue(key, out var value)
        ? value switch
        {
            double number when number > 0 && double.IsFinite(number) => number,
            long number and > 0 => number,
            _ => throw Wrong(key, "a finite number more than 0"),
        }
        : null;

    /// <summary>A number, or null where the key is missing.</summary>
    public double? OptionalNumber(string key) => values.TryGetValue(key, out var value)
        ? value is double number && double.IsFinite(number) ? number : value is long whole ? whole : throw Wrong(key, "a finite number")
        : null;

    /// <summary>True or false, or null where the key is missing.</summary>
    public bool? OptionalFlag(string key) =>
        values.TryGetValue(key, out var value) ? value as bool? ?? throw Wrong(key, "true or false") : null;

    /// <summary>A text that has to be there.</summary>
    public string Text(string key) => OptionalText(key) ?? throw Missing(key, "a text");

    /// <summary>A text, or null where the key is missing.</summary>
    public string? OptionalText(string key) =>
        values.TryGetValue(key, out var value) ? value as string ?? throw Wrong(key, "a text") : null;

    /// <summary>Texts, or null where the key is missing.</summary>
    public string[]? OptionalTexts(string key) => values.TryGetValue(key, out var value)
        ? value as string[] ?? (value is Array { Length: 0 } ? [] : throw Wrong(key, "a list of texts"))
        : null;

    /// <summary>Numbers, or null where the key is missing.</summary>
    public double[]? OptionalNumbers(string key) => values.TryGetValue(key, out var value)
        ? value as double[] ?? (value is Array { Length: 0 } ? [] : throw Wrong(key, "a list of numbers"))
        : null;

    /// <summary>Whole numbers, or null where the key is missing.</summary>
    public long[]? OptionalIntegers(string key) => values.TryGetValue(key, out var value)
        ? value as long[] ?? (value is Array { Length: 0 } ? [] : throw Wrong(key, "a list of whole numbers"))
        : null;

    /// <summary>The error of a value that cannot be.</summary>
    public CheckpointException Wrong(string key, string needed, string mend = "Download the file again, or convert the model again.") =>
        new($"{key} in '{path}' is {Shown(values.GetValueOrDefault(key))}; it must be {needed}. {mend}");

    /// <summary>The error of a value that is not there.</summary>
    public CheckpointException Missing(string key, string needed) =>
        new($"{key} is missing from '{path}'; it must be {needed}. Download the file again, or convert the model again.");

    private static string Shown(object? value) => value switch
    {
        string text => $"'{text}'",
        Array array => $"a list of {array.Length}",
        bool flag => flag ? "true" : "false",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"),
    };
}
