using System.Collections.Concurrent;
using System.Text;

namespace LlmRabbitHoles.Notebooks.Session.Language;

/// <summary>The position of each member's element in an XML documentation file.</summary>
/// <remarks>
/// A list of completions asks for hundreds of members. The elements stay in the file; of each member, hash and place are kept, 12 bytes,
/// and the name is compared when the element is read.
/// </remarks>
internal sealed class MemberIndex
{
    private static readonly byte[] Start = [.. "<member name=\""u8];
    private static readonly byte[] End = [.. "</member>"u8];

    private static readonly ConcurrentDictionary<string, MemberIndex> Known = new(StringComparer.Ordinal);

    private readonly string _file;
    private readonly DateTime _written;
    private readonly int[] _hashes;
    private readonly (int Start, int Length)[] _places;

    private MemberIndex(string file, DateTime written)
    {
        (_file, _written) = (file, written);
        ReadOnlySpan<byte> text = File.ReadAllBytes(file);
        var hashes = new List<int>();
        var places = new List<(int, int)>();
        for (int start = 0, found; (found = text[start..].IndexOf(Start)) >= 0;)
        {
            start += found;
            var name = text[(start + Start.Length)..];
            var (nameLength, length) = (name.IndexOf((byte)'"'), text[start..].IndexOf(End));
            if (nameLength < 0 || length < 0)
                break;
            hashes.Add(HashOf(name[..nameLength]));
            places.Add((start, length + End.Length));
            start += length;
        }

        (_hashes, _places) = ([.. hashes], [.. places]);
        Array.Sort(_hashes, _places);
    }

    /// <summary>The index of a file, rebuilt when the file has changed.</summary>
    public static MemberIndex Of(string file)
    {
        var written = File.GetLastWriteTimeUtc(file);
        return Known.AddOrUpdate(
            file, one => new MemberIndex(one, written), (one, known) => known._written == written ? known : new MemberIndex(one, written));
    }

    /// <summary>The member's element; null when the file has none.</summary>
    public string? Find(string id)
    {
        var name = Encoding.UTF8.GetBytes(id);
        var hash = HashOf(name);
        var at = Array.BinarySearch(_hashes, hash);
        if (at < 0)
            return null;
        while (at > 0 && _hashes[at - 1] == hash)
            at--;
        using var file = File.OpenHandle(_file);
        for (; at < _hashes.Length && _hashes[at] == hash; at++)
        {
            var element = new byte[_places[at].Length];
            var read = RandomAccess.Read(file, element, _places[at].Start);
            if (read == element.Length && element.AsSpan(Start.Length).StartsWith([.. name, (byte)'"']))
                return Encoding.UTF8.GetString(element);
        }

        return null;
    }

    private static int HashOf(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
