using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Book.Tests.Live;

/// <summary>
/// The TypeScript of src/Book/live and the checked JavaScript of src/Lessons/Displays/Components: strict, without a warning, and the parts
/// of the first tested in Node.js.
/// </summary>
[Collection(SharedBooks.Name)]
public sealed class SourcesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Book", "live");

    private static readonly Lazy<string> Installed = new(Install);

    [Theory]
    [InlineData("compile")]
    [InlineData("components")]
    [InlineData("lint")]
    [InlineData("test")]
    public void TheScriptsOfThePackageSucceed(string script)
    {
        NodeJs.Needed();
        var (exitCode, output, error) = OutsideProgram.Run("npm", ["run", "--silent", script], Installed.Value);
        Assert.True(exitCode == 0, output + error);
    }

    private static string Install()
    {
        var stamp = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (stamp.Exists && stamp.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return Folder;
        var (exitCode, _, error) = OutsideProgram.Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], Folder);
        Assert.True(exitCode == 0, error);
        return Folder;
    }
}
