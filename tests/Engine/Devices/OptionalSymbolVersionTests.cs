using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>The mark on TorchSharp's native library, read from the ELF files before and after.</summary>
public sealed class OptionalSymbolVersionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rabbit-elf-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Output => Path.Combine(AppContext.BaseDirectory, "runtimes/linux-x64/native/libLibTorchSharp.so");

    [Fact]
    public void TheBuildsOutputIsMarkedAndNothingElseOfItIsChanged()
    {
        var marked = File.ReadAllBytes(Output);
        Assert.Null(OptionalSymbolVersion.Mark(marked, OptionalSymbolVersion.Gcc13));
        var original = Unmarked(marked);
        Assert.Equal(1, original.Zip(marked).Count(pair => pair.First != pair.Second));
        Assert.Equal(marked, OptionalSymbolVersion.Mark(original, OptionalSymbolVersion.Gcc13));
    }

    [Fact]
    public void OnlyTheNamedVersionBecomesOptional()
    {
        var elf = ElfWithNeeds("GLIBC_2.34", "GLIBCXX_3.4.32", "CXXABI_1.3");
        var marked = OptionalSymbolVersion.Mark(elf, "GLIBCXX_3.4.32")!;
        // The second 16-byte entry after the 16-byte record at 64; its flags stand at offset 4.
        Assert.Equal([64 + 16 + 16 + 4], Enumerable.Range(0, elf.Length).Where(i => elf[i] != marked[i]));
        Assert.Equal(2, marked[64 + 16 + 16 + 4]);
        Assert.Null(OptionalSymbolVersion.Mark(elf, "GLIBCXX_3.4.33"));
    }

    [Fact]
    public void AFileIsMarkedInPlaceAndASecondTimeStaysAsItIs()
    {
        var file = Path.Combine(_folder, "library.so");
        File.WriteAllBytes(file, Unmarked(File.ReadAllBytes(Output)));
        NativeTorch.Prepare(Output);
        OptionalSymbolVersion.Mark(file, file, OptionalSymbolVersion.Gcc13);
        Assert.Equal(File.ReadAllBytes(Output), File.ReadAllBytes(file));
        OptionalSymbolVersion.Mark(file, file, OptionalSymbolVersion.Gcc13);
        Assert.Equal(File.ReadAllBytes(Output), File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void ALinkedFileOfAPackageCacheStaysAsItIs()
    {
        var package = Path.Combine(_folder, "package.so");
        var output = Path.Combine(_folder, "output.so");
        var original = Unmarked(File.ReadAllBytes(Output));
        File.WriteAllBytes(package, original);
        File.CreateSymbolicLink(output, package);
        OptionalSymbolVersion.Mark(output, output, OptionalSymbolVersion.Gcc13);
        Assert.Equal(original, File.ReadAllBytes(package));
        Assert.Equal(File.ReadAllBytes(Output), File.ReadAllBytes(output));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(140)]
    public void ATruncatedFileIsRefused(int length) =>
        Assert.Throws<InvalidDataException>(() => OptionalSymbolVersion.Mark(ElfWithNeeds("GLIBCXX_3.4.32")[..length], "GLIBCXX_3.4.32"));

    private static byte[] Unmarked(byte[] marked)
    {
        var original = (byte[])marked.Clone();
        original[OptionalSymbolVersion.Find(original, OptionalSymbolVersion.Gcc13) + 4] = 0;
        return original;
    }

    // header (64) | need record (16) | entries (16 each) | names | sections: names, needs (64 each)
    private static byte[] ElfWithNeeds(params string[] versions)
    {
        var names = 64 + 16 + (16 * versions.Length);
        var text = string.Concat(versions.Select(version => version + "\0"));
        var sections = names + text.Length;
        var elf = new byte[sections + 128];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }.CopyTo(elf, 0);
        BitConverter.GetBytes((long)sections).CopyTo(elf, 0x28);
        BitConverter.GetBytes((ushort)64).CopyTo(elf, 0x3A);
        BitConverter.GetBytes((ushort)2).CopyTo(elf, 0x3C);
        BitConverter.GetBytes(16).CopyTo(elf, 64 + 8);
        for (var i = 0; i < versions.Length; i++)
        {
            var entry = 64 + 16 + (16 * i);
            BitConverter.GetBytes(text.IndexOf(versions[i], StringComparison.Ordinal)).CopyTo(elf, entry + 8);
            BitConverter.GetBytes(i + 1 < versions.Length ? 16 : 0).CopyTo(elf, entry + 12);
        }

        System.Text.Encoding.ASCII.GetBytes(text).CopyTo(elf, names);
        BitConverter.GetBytes((long)names).CopyTo(elf, sections + 24);
        BitConverter.GetBytes(0x6ffffffe).CopyTo(elf, sections + 64 + 4);
        BitConverter.GetBytes(64L).CopyTo(elf, sections + 64 + 24);
        return elf;
    }
}
