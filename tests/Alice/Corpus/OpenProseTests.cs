using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LlmRabbitHoles.Alice.Tests;

public class OpenProseTests
{
    [Fact]
    public void AParagraphIsTheLinesUpToAnEmptyOne()
    {
        string[] lines =
        [
            "CHAPTER I", "", "It was a fine morning, and the whole family sat in the", "garden and drank tea.", "", "Short.", "",
            "The old man of the village had seen _many_ summers like that one--and winters too.",
        ];
        Assert.Equal(
        [
            "It was a fine morning, and the whole family sat in the garden and drank tea.",
            "The old man of the village had seen many summers like that one - and winters too.",
        ], OpenProseFilter.Paragraphs(lines));
    }

    [Fact]
    public void ADefinitionNamesTheWordAndItsMeaning()
    {
        string[] lines =
        [
            "00406612 04 n 02 fold 0 folding 0 005 @ 00404403 n 0000 | the fold that somebody made; \"he gave it a double fold\"",
            "00406613 04 v 01 take_off 0 000 @ 00404403 v 0000 | leave the ground and fly",
        ];
        Assert.Empty(OpenProseFilter.Definitions(["00406612 04 n 01 fold 0 000 | short"]));
        Assert.Equal(
            ["Fold: the fold that somebody made.", "To take off is to leave the ground and fly."],
            OpenProseFilter.Definitions([.. lines, "00406614 04 n 01 start 0 000 | take off"]));
    }

    [Fact]
    public void ACharacterVectorIsReadFromADatabaseOfR()
    {
        // One block: two strings, each behind its flags (9 = CHARSXP) and its length.
        var value = new MemoryStream();
        foreach (var text in (string[])["first", "second line"])
        {
            value.Write([0, 4, 0, 9]);
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            value.Write(length);
            value.Write(Encoding.UTF8.GetBytes(text));
        }
        var file = new MemoryStream();
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, (int)value.Length);
        file.Write(size);
        using (var zlib = new ZLibStream(file, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(value.ToArray());

        Assert.Equal(["first", "second line"], Assert.Single(RData.Values(file.ToArray())));
    }
}
