using System.Text.Json;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>A kernel.json, which tells Jupyter how to start a kernel.</summary>
/// <remarks>https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs</remarks>
internal static class KernelSpec
{
    /// <summary>The name that the notebooks of the series ask for.</summary>
    public const string Name = ".net-csharp";

    /// <summary>The name to use if another kernel has the first.</summary>
    public const string OtherName = "rabbit-csharp";

    /// <summary>The name in Jupyter's menus.</summary>
    public const string DisplayName = "C# (LLM Rabbit Holes)";

    /// <summary>The metadata key for the script that starts the kernel; it shows which clone wrote the spec.</summary>
    private const string Owner = "llm_rabbit_holes";

    private const string FileName = "kernel.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The spec of a kernel that <paramref name="script"/> starts.</summary>
    /// <param name="script">The absolute path of <c>./rabbit</c>, which sets up and builds what is missing first.</param>
    /// <remarks>
    /// Interrupts come as messages: they pass the running cell, need no signal, and reach a kernel on another machine.
    /// </remarks>
    public static JsonObject Create(string script) => new()
    {
        ["argv"] = new JsonArray(script, "kernel", "--connection-file", "{connection_file}"),
        ["display_name"] = DisplayName,
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { ["debugger"] = false, [Owner] = new JsonObject { ["script"] = script } },
    };

    /// <summary>The kernel with that name in a data folder; null if there is none.</summary>
    public static Holder? HolderOf(string dataFolder, string name)
    {
        var folder = JupyterFolders.OfKernel(dataFolder, name);
        if (!Directory.Exists(folder))
            return null;
        var spec = Read(Path.Combine(folder, FileName));
        var script = (spec?["metadata"] as JsonObject)?[Owner] is JsonObject own ? own["script"]?.ToString() : null;
        return new Holder(folder, spec?["display_name"]?.ToString() ?? "a kernel without a readable kernel.json", script);
    }

    /// <summary>Writes the spec completely or not at all.</summary>
    public static void Write(string folder, JsonObject spec)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var aside = $"{path}.{Environment.ProcessId}";
        File.WriteAllText(aside, spec.ToJsonString(Indented) + "\n");
        File.Move(aside, path, overwrite: true);
    }

    private static JsonObject? Read(string path)
    {
        try
        {
            return StrictJson.ParseNode(File.ReadAllBytes(path), path) as JsonObject;
        }
        catch (Exception broken) when (broken is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>A kernel that is installed.</summary>
    /// <param name="Folder">Where its spec is.</param>
    /// <param name="DisplayName">What it calls itself.</param>
    /// <param name="Script">The <c>./rabbit</c> that starts it; null when the spec belongs to another kernel.</param>
    internal sealed record Holder(string Folder, string DisplayName, string? Script)
    {
        /// <summary>Whether <c>./rabbit</c> of this or another clone wrote it.</summary>
        public bool IsOurs => Script is not null;
    }
}
