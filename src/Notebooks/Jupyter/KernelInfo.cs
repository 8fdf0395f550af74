using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>Describes this kernel.</summary>
internal static class KernelInfo
{
    private static string Version =>
        typeof(KernelInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The content of a kernel_info_reply.</summary>
    public static JsonObject Content() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = MessageWire.Protocol,
        ["implementation"] = "rabbit",
        ["implementation_version"] = Version,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = $"C# on {RuntimeInformation.FrameworkDescription}, LLM Rabbit Holes",
        ["debugger"] = false,
        ["help_links"] = new JsonArray(),
    };
}
