using LlmRabbitHoles.Notebooks.Documents;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>Packages may bring an extension for .NET Interactive beside their library.</summary>
public sealed class PackageExtensionTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    [Fact]
    public async Task AnExtensionIsLoadedWithItsPackage()
    {
        var source = Directory.CreateDirectory(Path.Combine(kernel.Folder, "source")).FullName;
        await File.WriteAllTextAsync(Path.Combine(kernel.Folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(kernel.Folder, "packages")}" /></config>
              <packageSources><clear /><add key="here" value="{source}" /></packageSources>
            </configuration>
            """, TestContext.Current.CancellationToken);
        var made = Path.Combine(kernel.Folder, "made");
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var shapes = Library.Compile(made, "Shapes", "public class Shape { public int Sides = 4; }");
        var extension = Library.Compile(
            made, "Shapes.Interactive",
            """
            using System.Threading.Tasks;
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Formatting;
            public class Loader : IKernelExtension
            {
                public Task OnLoadAsync(Kernel kernel)
                {
                    Formatter.Register<Shape>(shape => "a shape of " + shape.Sides, "text/plain");
                    return Task.CompletedTask;
                }
            }
            """,
            Path.Combine(framework, "System.Runtime.dll"), Path.Combine(framework, "netstandard.dll"),
            shapes, typeof(Kernel).Assembly.Location, typeof(Formatter).Assembly.Location);
        Library.Pack(source, shapes, extension: extension);
        Assert.Empty(await kernel.Run("#r \"nuget: Shapes, 1.0.0\""));
        Assert.Equal("a shape of 4", (await kernel.Shown("new Shape()"))[MimeBundle.PlainText]);
    }
}
