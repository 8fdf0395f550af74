using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Jupyter;

namespace LlmRabbitHoles.Jupyter.Tests;

public sealed class KernelInstallationTests : IDisposable
{
    private const string Script = "/clone/rabbit";
    private const string Foreign = """{"argv": ["dotnet", "interactive"], "display_name": ".NET (C#)", "language": "C#"}""";

    private readonly ScratchFolder _prefix = new();

    public void Dispose() => _prefix.Dispose();

    private string SpecOf(string name) => Path.Combine(_prefix.Path, "share", "jupyter", "kernels", name, "kernel.json");

    [Fact]
    public void TheSpecStartsTheScriptAndSaysWhatItIs()
    {
        var installed = KernelInstallation.Install(Script, _prefix.Path);
        Assert.Equal((".net-csharp", null), (installed.Name, installed.Other));
        var spec = JsonNode.Parse(File.ReadAllText(SpecOf(".net-csharp")))!;
        Assert.Equal([Script, "kernel", "--connection-file", "{connection_file}"], spec["argv"]!.AsArray().Select(word => (string)word!));
        Assert.Equal(("C# (LLM Rabbit Holes)", "C#", "message"),
            ((string)spec["display_name"]!, (string)spec["language"]!, (string)spec["interrupt_mode"]!));
        Assert.Equal(["kernel.json"], Directory.GetFiles(installed.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void AnotherKernelKeepsItsName()
    {
        _prefix.Write(SpecOf(".net-csharp"), Foreign);
        var installed = KernelInstallation.Install(Script, _prefix.Path);
        Assert.Equal(("rabbit-csharp", ".NET (C#)"), (installed.Name, installed.Other));
        Assert.Equal(Foreign, File.ReadAllText(SpecOf(".net-csharp")));
    }

    [Fact]
    public void AKernelWhoseSpecCannotBeReadIsNotOursEither()
    {
        _prefix.Write(SpecOf(".net-csharp"), "{");
        Assert.Equal("rabbit-csharp", KernelInstallation.Install(Script, _prefix.Path).Name);
        Assert.Equal("{", File.ReadAllText(SpecOf(".net-csharp")));
    }

    [Fact]
    public void NothingIsWrittenWhenBothNamesAreTaken()
    {
        _prefix.Write(SpecOf(".net-csharp"), Foreign);
        _prefix.Write(SpecOf("rabbit-csharp"), Foreign);
        var refused = Assert.Throws<JupyterException>(() => KernelInstallation.Install(Script, _prefix.Path));
        Assert.Contains("--force takes the first one from it.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Foreign, File.ReadAllText(SpecOf("rabbit-csharp")));
    }

    [Fact]
    public void ForceTakesTheNameFromAnotherKernel()
    {
        _prefix.Write(SpecOf(".net-csharp"), Foreign);
        Assert.Equal(".net-csharp", KernelInstallation.Install(Script, _prefix.Path, force: true).Name);
        Assert.Contains(Script, File.ReadAllText(SpecOf(".net-csharp")), StringComparison.Ordinal);
    }

    [Fact]
    public void OurOwnSpecIsReplaced()
    {
        KernelInstallation.Install("/moved/rabbit", _prefix.Path);
        Assert.Equal(".net-csharp", KernelInstallation.Install(Script, _prefix.Path).Name);
        Assert.DoesNotContain("/moved/", File.ReadAllText(SpecOf(".net-csharp")), StringComparison.Ordinal);
    }

    [Fact]
    public void UninstallRemovesOursAlone()
    {
        _prefix.Write(SpecOf(".net-csharp"), Foreign);
        var installed = KernelInstallation.Install(Script, _prefix.Path);
        Assert.Equal([installed.Folder], KernelInstallation.Uninstall(_prefix.Path));
        Assert.False(Directory.Exists(installed.Folder));
        Assert.Equal(Foreign, File.ReadAllText(SpecOf(".net-csharp")));
        Assert.Empty(KernelInstallation.Uninstall(_prefix.Path));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsNamed()
    {
        var refused = Assert.Throws<JupyterException>(() => KernelInstallation.Install(Script, _prefix.Write("file", "")));
        Assert.StartsWith("The kernel's spec can't be written: ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(" --prefix DIR names another place.", refused.Message, StringComparison.Ordinal);
    }
}
