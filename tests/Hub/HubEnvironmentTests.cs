using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Hub.Tests;

public sealed class HubEnvironmentTests
{
    private static string UserFolder => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [Fact]
    public void TheCacheIsWhereHuggingFacesToolsHaveIt()
    {
        Assert.Equal(Path.Combine(UserFolder, ".cache", "huggingface", "hub"), With().CacheFolder);
        Assert.Equal("/x/huggingface/hub", With(("XDG_CACHE_HOME", "/x")).CacheFolder);
        Assert.Equal("/h/hub", With(("XDG_CACHE_HOME", "/x"), ("HF_HOME", "/h")).CacheFolder);
        Assert.Equal("/c", With(("HF_HOME", "/h"), ("HF_HUB_CACHE", "/c")).CacheFolder);
        Assert.Equal(Path.Combine(UserFolder, "models"), With(("HF_HUB_CACHE", "~/models")).CacheFolder);
    }

    [Fact]
    public void TheTokenComesFromTheVariableElseFromTheFile()
    {
        using var home = new TemporaryFolder();
        Assert.Null(With(("HF_HOME", home.Path)).Endpoint().Token);
        home.Write("token", " hf_file\n");
        Assert.Equal("hf_file", With(("HF_HOME", home.Path)).Endpoint().Token);
        home.Write("other", "hf_other");
        Assert.Equal("hf_other", With(("HF_HOME", home.Path), ("HF_TOKEN_PATH", home["other"])).Endpoint().Token);
        Assert.Equal("hf_variable", With(("HF_HOME", home.Path), ("HF_TOKEN", "hf_variable\n")).Endpoint().Token);
    }

    [Fact]
    public void ATokenThatIsNotOneIsRefusedWithoutRepeatingIt()
    {
        var message = Assert.Throws<HubException>(() => With(("HF_TOKEN", "hf_secret\r\nHost: x")).Endpoint()).Message;
        Assert.StartsWith("The token in HF_TOKEN holds spaces, line breaks", message);
        Assert.DoesNotContain("secret", message);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("ftp://hub.example")]
    [InlineData("/hub")]
    public void AnEndpointThatIsNotAWebAddressIsRefused(string endpoint) => Assert.Contains(
        $"HF_ENDPOINT is '{endpoint}', which is not a web address",
        Assert.Throws<HubException>(() => With(("HF_ENDPOINT", endpoint)).Endpoint()).Message);

    [Fact]
    public void AnEndpointMayHaveAPathAndASlashAtItsEnd()
    {
        var endpoint = With(("HF_ENDPOINT", "https://mirror.example/hub/")).Endpoint();
        var name = RepositoryName.Parse("alice/made");
        Assert.Equal(
            "https://mirror.example/hub/api/models/alice/made/revision/refs%2Fpr%2F1?blobs=true",
            endpoint.ModelApi(name, "refs/pr/1").AbsoluteUri);
        Assert.Equal(
            "https://mirror.example/hub/alice/made/resolve/abc/a/b%20%23c.txt", endpoint.File(name, "abc", "a/b #c.txt").AbsoluteUri);
        Assert.Equal("https://huggingface.co/alice/made", With().Endpoint().Page(name).AbsoluteUri);
    }

    [Theory]
    [InlineData("https://hub.example/x", true)]
    [InlineData("https://HUB.example:443/x", true)]
    [InlineData("http://hub.example/x", false)]
    [InlineData("https://hub.example:8443/x", false)]
    [InlineData("https://hub.example.evil/x", false)]
    [InlineData("https://cdn.hub.example/x", false)]
    public void OnlyTheSameSchemeHostAndPortAreTheEndpoint(string address, bool owns) =>
        Assert.Equal(owns, new HubEndpoint(new Uri("https://hub.example")).Owns(new Uri(address)));

    [Theory]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void OfflineIsAskedForByAWord(string value, bool isOffline) =>
        Assert.Equal(isOffline, With(("HF_HUB_OFFLINE", value)).IsOffline);

    [Theory]
    [InlineData("HuggingFaceTB/SmolLM2-135M-Instruct", true)]
    [InlineData("a/b", true)]
    [InlineData("a_1/b.c", true)]
    [InlineData("a", false)]
    [InlineData("a/b/c", false)]
    [InlineData("../b", false)]
    [InlineData("a/..", false)]
    [InlineData("a/b--c", false)]
    [InlineData("a/b..c", false)]
    [InlineData("-a/b", false)]
    [InlineData("a/b.", false)]
    [InlineData("a/b.git", false)]
    [InlineData("a/b\n", false)]
    [InlineData("a\\b/c", false)]
    [InlineData("ä/b", false)]
    public void ANameKeepsTheHubsRules(string text, bool isName) => Assert.Equal(isName, RepositoryName.Find(text) is not null);

    private static HubEnvironment With(params (string Name, string Value)[] variables) =>
        new(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
