using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Makes small assemblies, and packages of them.</summary>
internal static class Library
{
    /// <summary>Compiles <paramref name="code"/> to <c>folder/name.dll</c>.</summary>
    /// <returns>The path.</returns>
    public static string Compile(string folder, string name, string code, params string[] references)
    {
        var path = Path.Combine(folder, $"{name}.dll");
        Directory.CreateDirectory(folder);
        string[] files = [typeof(object).Assembly.Location, .. references];
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code)],
            [.. files.Select(file => MetadataReference.CreateFromFile(file))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var emitted = compilation.Emit(path);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return path;
    }

    /// <summary>Puts a package with one assembly into a folder that serves as a NuGet source.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="assembly">The assembly's path; the package has its name and version 1.0.0.</param>
    /// <param name="dependency">A package of the same version that it needs.</param>
    /// <param name="extension">The path of its extension for .NET Interactive, if it brings one.</param>
    public static void Pack(string source, string assembly, string? dependency = null, string? extension = null)
    {
        var name = Path.GetFileNameWithoutExtension(assembly);
        using var file = File.Create(Path.Combine(source, $"{name}.1.0.0.nupkg"));
        using var package = new ZipArchive(file, ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open()))
        {
            var needed = dependency is null ? "" : $"<dependency id=\"{dependency}\" version=\"1.0.0\" />";
            nuspec.Write($"""
                <?xml version="1.0"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{name}</id><version>1.0.0</version><authors>test</authors><description>test</description>
                    <dependencies><group targetFramework="net10.0">{needed}</group></dependencies>
                  </metadata>
                </package>
                """);
        }

        package.CreateEntryFromFile(assembly, $"lib/net10.0/{name}.dll");
        if (extension is not null)
            package.CreateEntryFromFile(extension, $"interactive-extensions/dotnet/{Path.GetFileName(extension)}");
    }
}
