using System.Text;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;

namespace LlmRabbitHoles.Jupyter.Tests;

public sealed class MessageWireTests
{
    private static readonly byte[] Identity = [1, 2, 3];

    private static byte[][] Frames(string key = "secret", string code = "1 + 1") =>
        [.. new MessageWire(key).Encode([Identity], "execute_request", [], new JsonObject { ["code"] = code })];

    private static string RefusalOf(byte[][] frames, string key = "secret") =>
        Assert.Throws<FormatException>(() => new MessageWire(key).Decode(frames)).Message;

    [Fact]
    public void AMessageSurvivesTheRoundTrip()
    {
        var request = new MessageWire("secret").Decode(Frames(code: "\"\U0001F407\""));
        Assert.Equal("execute_request", request.Type);
        Assert.Equal("\"\U0001F407\"", request.Text("code"));
        Assert.Equal([Identity], request.Identities);
    }

    [Fact]
    public void TheSignatureIsThatOfAnIndependentImplementation()
    {
        // python3 -c "import hmac; print(hmac.new(b'secret', b'{}'*4, 'sha256').hexdigest())"
        byte[][] parts = ["{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()];
        Assert.Equal(
            "34982f0bfec60e7b933ffde06c1ecab0fba073717a95ab943d1dd06f82c2d5e4",
            Encoding.ASCII.GetString(new MessageSigner("secret").Sign(parts)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void ATamperedPartIsRefused(int part)
    {
        var frames = Frames();
        frames[part] = [.. frames[part].AsSpan(0, frames[part].Length - 1), (byte)' ', (byte)'}'];
        Assert.Equal("its signature does not match its parts and the key of the connection file", RefusalOf(frames));
    }

    [Fact]
    public void AnotherKeysSignatureIsRefused() =>
        Assert.Equal("its signature does not match its parts and the key of the connection file", RefusalOf(Frames("other")));

    [Fact]
    public void AnUnsignedMessageIsRefused() => Assert.Equal("it is not signed", RefusalOf(Frames(key: "")));

    [Fact]
    public void AReplayedMessageIsRefused()
    {
        var (wire, frames) = (new MessageWire("secret"), Frames());
        wire.Decode(frames);
        Assert.Equal("the same message has arrived before", Assert.Throws<FormatException>(() => wire.Decode(frames)).Message);
    }

    [Fact]
    public void AnEmptyKeySignsNothingAndAcceptsEverything()
    {
        var frames = Frames(key: "");
        Assert.Empty(frames[2]);
        Assert.Equal("execute_request", new MessageWire("").Decode(frames).Type);
        Assert.Equal("execute_request", new MessageWire("").Decode(Frames("other")).Type);
    }

    [Fact]
    public void AMalformedMessageIsRefusedWithItsReason()
    {
        Assert.Equal("it does not have the parts of a Jupyter message", RefusalOf([Identity]));
        Assert.Equal("it does not have the parts of a Jupyter message", RefusalOf(Frames()[..^1]));
        byte[][] array = ["<IDS|MSG>"u8.ToArray(), [], "[]"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()];
        Assert.Equal("its header is not a JSON object", RefusalOf(array, key: ""));
        array[2] = "{"u8.ToArray();
        Assert.StartsWith("its header is not JSON: ", RefusalOf(array, key: ""), StringComparison.Ordinal);
        array[2] = "{}"u8.ToArray();
        Assert.Equal("its header names no msg_type", RefusalOf(array, key: ""));
    }
}
