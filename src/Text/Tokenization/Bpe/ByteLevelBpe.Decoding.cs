using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LlmRabbitHoles.Tokenization;

public sealed partial class ByteLevelBpe
{
    /// <inheritdoc/>
    public override string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var rented = ArrayPool<byte>.Shared.Rent(ids.TryGetNonEnumeratedCount(out var length) ? (length * 5) + 16 : 256);
        var count = 0;
        foreach (var id in ids)
        {
            var bytes = BytesToPrint(id, skipSpecialTokens);
            if (bytes.Length > rented.Length - count) rented = Grown(rented, count, bytes.Length);
            bytes.CopyTo(rented.AsSpan(count));
            count += bytes.Length;
        }

        var text = Encoding.UTF8.GetString(rented, 0, count);
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    private static byte[] Grown(byte[] rented, int count, int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(rented.Length * 2, count + more));
        rented.AsSpan(0, count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(rented);
        return larger;
    }

    /// <summary>Tokens to text in memory that is there already.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="destination">Gets the text.</param>
    /// <param name="idsConsumed">How many ids the written text stands for. Go on with the next one.</param>
    /// <param name="charsWritten">How much of <paramref name="destination"/> is that text.</param>
    /// <returns>
    /// Done; DestinationTooSmall; NeedMoreData where the ids end within a character; InvalidData where an id has no token or
    /// the bytes are not UTF-8.
    /// </returns>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        (idsConsumed, charsWritten) = (0, 0);
        var (seen, written, held) = (0, 0, 0);
        Span<byte> started = stackalloc byte[4];      // the bytes of a character whose other bytes are in the tokens that follow
        foreach (var id in ids)
        {
            if (_model.Vocabulary.BytesOf(id) is not { } token) return OperationStatus.InvalidData;
            ReadOnlySpan<byte> bytes = token;
            seen++;
            while (held > 0 && bytes.Length > 0)
            {
                started[held++] = bytes[0];
                bytes = bytes[1..];
                var state = Rune.DecodeFromUtf8(started[..held], out var rune, out _);
                if (state == OperationStatus.InvalidData) return state;
                if (state == OperationStatus.NeedMoreData) continue;
                if (!rune.TryEncodeToUtf16(destination[written..], out var more)) return OperationStatus.DestinationTooSmall;
                written += more;
                held = 0;
            }

            var status = Utf8.ToUtf16(
                bytes, destination[written..], out var read, out var made, replaceInvalidSequences: false, isFinalBlock: false);
            written += made;
            if (status is OperationStatus.InvalidData or OperationStatus.DestinationTooSmall) return status;
            bytes = bytes[read..];
            bytes.CopyTo(started[held..]);
            held += bytes.Length;
            if (held == 0) (idsConsumed, charsWritten) = (seen, written);
        }

        return held == 0 ? OperationStatus.Done : OperationStatus.NeedMoreData;
    }
}
