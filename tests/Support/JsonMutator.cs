namespace LlmRabbitHoles.Tests;

/// <summary>Damages files as people, disks and programs do, and as somebody would on purpose: the same damage for the same seed.</summary>
internal sealed class JsonMutator(int seed)
{
    private static readonly string[] Odd =
    [
        "null", "true", "-1", "0", "1e999", "NaN", "1.5", "99999999999999999999", "\"\"", "\"\\ud83d\"", "\"\\udc00x\"", "[]", "{}",
        "[[[]]]", "\"a\"", "-0", "2147483648",
        "9223372036854775808", "{\"a\":1,\"a\":2}", "[null]", "1e308", "\"\\u0000\"",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The same bytes with one to three damages.</summary>
    public byte[] Damage(byte[] json)
    {
        for (var i = _random.Next(1, 4); i > 0; i--) json = _random.Next(7) switch
        {
            0 => Replaced(json, _random.Next(json.Length), 1, [(byte)_random.Next(256)]),
            1 => Replaced(json, _random.Next(json.Length), _random.Next(1, 9), []),
            2 => json[.._random.Next(json.Length)],
            3 => WithDuplicate(json),
            _ => WithOddValue(json),
        };
        return json.Length == 0 ? [(byte)'{'] : json;
    }

    // Some value behind a colon, comma or bracket becomes another kind.
    private byte[] WithOddValue(byte[] json)
    {
        var start = NextOf(json, _random.Next(json.Length), b => b is (byte)':' or (byte)',' or (byte)'[') + 1;
        var end = NextOf(json, start, b => b is (byte)',' or (byte)']' or (byte)'}');
        return Replaced(json, Math.Min(start, json.Length), Math.Max(0, end - start), System.Text.Encoding.UTF8.GetBytes(
            Odd[_random.Next(Odd.Length)]));
    }

    private byte[] WithDuplicate(byte[] json)
    {
        var start = NextOf(json, _random.Next(json.Length), b => b == (byte)',');
        var end = NextOf(json, start + 1, b => b == (byte)',');
        return start >= json.Length ? json : [.. json[..Math.Min(end, json.Length)], .. json[start..]];
    }

    private static int NextOf(byte[] json, int from, Func<byte, bool> wanted)
    {
        while (from < json.Length && !wanted(json[from])) from++;
        return from;
    }

    private static byte[] Replaced(byte[] json, int at, int length, byte[] with) =>
        [.. json[..at], .. with, .. json[Math.Min(json.Length, at + length)..]];
}
