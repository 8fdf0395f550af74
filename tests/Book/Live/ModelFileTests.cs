using System.IO.Compression;
using System.Text.Json;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Book.Tests.Live;

/// <summary>The model as a file of the book.</summary>
[Collection(SharedBooks.Name)]
public sealed class ModelFileTests(OpenBook book)
{
    private string Script => Path.Combine(book.Series, "assets", "alice", "model.js");

    [Fact]
    public void TheWeightsAreThoseOfTheCheckpointBitForBit()
    {
        var text = File.ReadAllText(Script);
        using var model = JsonDocument.Parse(text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..text.LastIndexOf(';')]);
        var (exponents, mantissas) = (Unpack(model, "exponents"), Unpack(model, "mantissas"));
        var weights = exponents.Zip(mantissas, (e, m) => (ushort)(((m & 1) << 15) | (e << 7) | (m >> 1)))
            .SelectMany(BitConverter.GetBytes);
        var file = File.ReadAllBytes(Path.Combine(Repository.Alice, "model.safetensors"));
        Assert.Equal(file[(8 + (int)BitConverter.ToUInt64(file))..], weights.ToArray());
    }

    [Fact]
    public void TheModelAndTheBookStaySmall()
    {
        Assert.InRange(new DirectoryInfo(Path.GetDirectoryName(Script)!).EnumerateFiles().Sum(file => file.Length), 1, 8_000_000);
        var all = new DirectoryInfo(book.Series).EnumerateFiles("*", SearchOption.AllDirectories);
        Assert.InRange(all.Sum(file => file.Length), 1, 24_000_000);
    }

    [Fact]
    public async Task ABookWithoutTheModelSaysSoOnlyWhenItIsAskedToLoadIt()
    {
        var page = await book.OpenAsync(Path.Combine(book.Sample, "index.html"));
        Assert.Equal(0, await page.Page.Locator("alice-chat").CountAsync());
        Assert.Empty(page.Complaints);
        var refused = await page.Page.EvaluateAsync<string>(
            "() => alice.generate({ chat: 'Hi' }).then(() => '', error => error.message)");
        Assert.StartsWith("The model could not be loaded: file:", refused);
        Assert.EndsWith("/assets/alice/model.js is not there. Make the book again with ./rabbit book.", refused);
        await page.Page.Context.CloseAsync();
    }

    private static byte[] Unpack(JsonDocument model, string plane)
    {
        using var packed = new MemoryStream(model.RootElement.GetProperty(plane).GetBytesFromBase64());
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
