using TorchSharp;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Which library provides the TorchSharp API: <c>./rabbit</c> chose it and remembers it in .rabbit/provider.</summary>
internal static class TensorProvider
{
    public static string Describe()
    {
        var assembly = typeof(torch).Assembly.GetName();
        var choice = Choice();
        return choice.TryGetValue("provider", out var provider)
            ? $"{provider}: {choice.GetValueOrDefault("why", "chosen by hand")}"
            : $"{assembly.Name} {assembly.Version}, built without ./rabbit";
    }

    private static Dictionary<string, string> Choice()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "..", ".rabbit", "provider");
        return File.Exists(file)
            ? File.ReadLines(file)
                .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1])
            : [];
    }
}
