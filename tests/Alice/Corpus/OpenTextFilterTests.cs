namespace LlmRabbitHoles.Alice.Tests;

public class OpenTextFilterTests
{
    // A line of WordNet's data files: offset, file number, type, words and pointers, then | gloss; "example"; "example".
    [Theory]
    [InlineData("the train is late", "The train is late.")]
    [InlineData("how do you do it", "How do you do it?")]
    [InlineData("a set of golf clubs", null)]
    [InlineData("the soldier was killed", null)]
    [InlineData("he was born in 1850", null)]
    public void OnlyWholeFriendlySentencesAreKept(string example, string? kept) =>
        Assert.Equal(kept is null ? [] : [kept], OpenTextFilter.Sentences([$"00001740 03 n 01 thing 0 000 | a gloss; \"{example}\""]));
}
