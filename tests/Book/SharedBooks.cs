namespace LlmRabbitHoles.Book.Tests;

/// <summary>All tests share the books and the browser, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBooks : ICollectionFixture<OpenBook>
{
    public const string Name = "book";
}
