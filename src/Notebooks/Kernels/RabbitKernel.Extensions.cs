using System.Reflection;
using System.Runtime.Loader;
using LlmRabbitHoles.Notebooks.Documents;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <content>Extensions that packages bring for .NET Interactive:
/// <c>interactive-extensions/dotnet/*.dll</c> beside their libraries.</content>
public sealed partial class RabbitKernel
{
    private readonly HashSet<string> _extensions = new(StringComparer.Ordinal);

    private async Task LoadExtensionsAsync(Assembly assembly)
    {
        foreach (var type in assembly.GetExportedTypes().Where(type => !type.IsAbstract && typeof(IKernelExtension).IsAssignableFrom(type)))
            await ((IKernelExtension)Activator.CreateInstance(type)!).OnLoadAsync(RootKernel);
    }

    /// <summary>Runs the extensions of the packages that cells have referenced meanwhile.</summary>
    private async Task LoadExtensionsAsync(KernelInvocationContext context)
    {
        foreach (var file in Session.PackageAssemblies.Select(ExtensionsOf)
            .OfType<string>().Distinct().SelectMany(folder => Directory.GetFiles(folder, "*.dll")).Where(_extensions.Add))
        {
            Session.Assemblies.AddPath(file);
            try
            {
                await LoadExtensionsAsync(((AssemblyLoadContext)Session.Assemblies).LoadFromAssemblyPath(file));
            }
#pragma warning disable CA1031 // An extension is a package's code; without it the package's library is still of use.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                Publish(context, new StandardErrorValueProduced(
                    context.Command,
                    [new(MimeBundle.PlainText, $"The extension '{Path.GetFileName(file)}' can't be loaded: {failed.Message}\n")]));
            }
        }
    }

    /// <summary>The extensions folder of the library's package; null when it has none.</summary>
    private static string? ExtensionsOf(string library)
    {
        for (var folder = Path.GetDirectoryName(library); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var extensions = Path.Combine(folder, "interactive-extensions", "dotnet");
            if (Directory.Exists(extensions))
                return extensions;
            if (File.Exists(Path.Combine(folder, ".nupkg.metadata")))
                break;
        }

        return null;
    }
}
