namespace LlmRabbitHoles.Agents.Tests;

/// <summary>Alice, loaded once for all tests, which only read her.</summary>
internal static class AliceModel
{
    private static readonly Lazy<LanguageModel> Loaded = new(() => LanguageModel.Load(LlmRabbitHoles.Tests.Repository.Alice, "cpu"));

    public static LanguageModel Shared => Loaded.Value;
}
