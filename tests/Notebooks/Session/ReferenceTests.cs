using LlmRabbitHoles.Notebooks.Session;
using LlmRabbitHoles.Notebooks.Session.Packages;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary><c>#r</c> of files and packages. Packages come from a folder, so that no test uses the network.</summary>
public sealed class ReferenceTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly CSharpSession _session;

    public ReferenceTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "source"));
        _folder.Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_folder.Path, "packages")}" /></config>
              <packageSources><clear /><add key="here" value="{Path.Combine(_folder.Path, "source")}" /></packageSources>
            </configuration>
            """);
        _session = new CSharpSession(Options);
    }

    private SessionOptions Options => new() { WorkingDirectory = _folder.Path, PackageCache = Path.Combine(_folder.Path, "cache") };

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    private Task<CellRun> Run(string code, CSharpSession? session = null) =>
        CellRun.Of(session ?? _session, code, TestContext.Current.CancellationToken);

    private async Task<string?> ResultOf(string code, CSharpSession? session = null)
    {
        var run = await Run(code, session);
        Assert.True(run.Outcome.Succeeded, string.Join('\n', run.Outputs));
        return run.Result;
    }

    private void MakePackages()
    {
        var inner = Library.Compile(
            Path.Combine(_folder.Path, "made"), "Inner", "namespace Inside; public static class Deep { public static int Value => 40; }");
        var outer = Library.Compile(Path.Combine(_folder.Path, "made"),
            "Outer", "public static class Outer { public static int Value => Inside.Deep.Value + 2; }", inner);
        Library.Pack(Path.Combine(_folder.Path, "source"), inner);
        Library.Pack(Path.Combine(_folder.Path, "source"), outer, "Inner");
    }

    [Fact]
    public async Task AFileAndItsDependenciesAreFoundBesideTheNotebook()
    {
        var inner = Library.Compile(
            Path.Combine(_folder.Path, "lib"), "Inner", "namespace Inside; public static class Deep { public static int Value => 40; }");
        Library.Compile(Path.Combine(_folder.Path, "lib"),
            "Outer", "public static class Outer { public static int Value => Inside.Deep.Value + 2; }", inner);
        Assert.Equal("42", await ResultOf("#r \"lib/Outer.dll\"\nOuter.Value"));
        Assert.Equal("42", await ResultOf("Outer.Value"));
    }

    [Fact]
    public async Task TwoSessionsUseTheirOwnFileOfOneName()
    {
        Library.Compile(Path.Combine(_folder.Path, "one"), "Same", "public static class Same { public static int Value => 1; }");
        Library.Compile(Path.Combine(_folder.Path, "two"), "Same", "public static class Same { public static int Value => 2; }");
        using var other = new CSharpSession(Options);
        Assert.Equal("1", await ResultOf("#r \"one/Same.dll\"\nSame.Value"));
        Assert.Equal("2", await ResultOf("#r \"two/Same.dll\"\nSame.Value", other));
    }

    [Fact]
    public async Task APackageBringsItsDependenciesAndIsRememberedWithoutItsSource()
    {
        MakePackages();
        Assert.Equal("42", await ResultOf("#r \"nuget: Outer, 1.0.0\"\nOuter.Value"));
        Assert.Equal("40", await ResultOf("Inside.Deep.Value"));
        Directory.Delete(Path.Combine(_folder.Path, "source"), recursive: true);
        using var later = new CSharpSession(Options);
        Assert.Equal("42", await ResultOf("#r \"nuget:Outer,1.0.0\"\nOuter.Value", later));
    }

    [Fact]
    public async Task RestoringListsTheFilesOfAPackageAndItsDependencies()
    {
        MakePackages();
        var restored = await new PackageRestore(Options.WorkingDirectory, Options.PackageCache).RestoreAsync(
            [new PackageReference("Outer", "*")], TestContext.Current.CancellationToken);
        Assert.Equal(["Inner.dll", "Outer.dll"], restored.Compile.Select(Path.GetFileName).Order());
        Assert.Equal(["Inner.dll", "Outer.dll"], restored.Runtime.Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task AnUnavailablePackageIsRefusedInASentence()
    {
        var error = (await Run("// why\n#r \"nuget: No.Such.Package, 1.2.3\"")).Error;
        Assert.StartsWith("(2,4): error nuget: The package No.Such.Package 1.2.3 can't be restored: NU1101: ",
            error.Value, StringComparison.Ordinal);
        Assert.Single(error.Traceback);
    }

    [Theory]
    [InlineData("nuget:")]
    [InlineData("nuget: A b")]
    [InlineData("nuget: A, 1.0, 2.0")]
    [InlineData("nuget: A<b, 1.0")]
    public async Task AMisspelledPackageIsRefusedWithTheSpelling(string reference) =>
        Assert.EndsWith("does not name a package; write #r \"nuget: Name, 1.2.3\"",
            (await Run($"#r \"{reference}\"")).Error.Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("nuget: A, 1.2.3-beta.1", "A", "1.2.3-beta.1")]
    [InlineData("NUGET:a.b-c_d", "a.b-c_d", "*")]
    [InlineData("nuget:A,[1.0, 2.0)", "A", "[1.0, 2.0)")]
    [InlineData("nuget: A, 1.*", "A", "1.*")]
    public void APackageIsNamedWithOrWithoutItsVersion(string reference, string name, string version)
    {
        Assert.True(PackageReference.TryParse(reference, out var package));
        Assert.Equal(new PackageReference(name, version), package);
    }
}
