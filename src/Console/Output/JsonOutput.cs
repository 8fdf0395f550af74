using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Writes a result as one line of JSON with snake_case names, text unescaped.</summary>
internal static class JsonOutput
{
    private static readonly JsonOutputContext _context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static void Write<T>(T result) => Terminal.Out.WriteLine(Text(result));

    /// <summary>The line that is written.</summary>
    public static string Text<T>(T result) => JsonSerializer.Serialize(result, (JsonTypeInfo<T>)_context.GetTypeInfo(typeof(T))!);
}

/// <summary>Serializers made by the compiler: reflection would cost every command tens of milliseconds.</summary>
[JsonSerializable(typeof(GenerationJson))]
[JsonSerializable(typeof(TokensJson))]
[JsonSerializable(typeof(LogitsJson))]
[JsonSerializable(typeof(ScoreJson))]
[JsonSerializable(typeof(EvaluationJson))]
[JsonSerializable(typeof(SoakJson))]
[JsonSerializable(typeof(BatchingJson))]
[JsonSerializable(typeof(QuantizationJson))]
[JsonSerializable(typeof(SpeculationBenchJson))]
[JsonSerializable(typeof(CachesJson))]
[JsonSerializable(typeof(AttentionJson))]
[JsonSerializable(typeof(ConstraintsJson))]
[JsonSerializable(typeof(ModelsJson))]
[JsonSerializable(typeof(RemovalJson))]
internal sealed partial class JsonOutputContext : JsonSerializerContext;
