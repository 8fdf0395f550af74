using LlmRabbitHoles.Agents.Skills;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Agents.Tests;

public sealed class SkillTests : IDisposable
{
    private const string Capitals = "---\nname: capitals\ndescription: answers in capital letters\n---\n\nAnswer in capital letters.\n";

    private readonly TemporaryFolder _folder = new();
    private readonly LanguageModel _alice = AliceModel.Shared;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFolderOfSkillsIsReadInTheOrderOfNames()
    {
        Write(
            "word",
            "---\nname: word\ndescription: \"answers in one word: no more\"\nlicense: MIT\ntags:\n  - short\n---\nAnswer in one word.");
        Write("capitals", Capitals.Replace("\n", "\r\n", StringComparison.Ordinal));
        Directory.CreateDirectory(_folder["notes"]);
        var skills = Skill.LoadAll(_folder.Path);
        Assert.Equal(
            [
                new Skill("capitals", "answers in capital letters", "Answer in capital letters.", _folder["capitals"]),
                new Skill("word", "answers in one word: no more", "Answer in one word.", _folder["word"]),
            ], skills);
    }

    [Theory]
    [InlineData("Answer in capital letters.", "does not begin with front matter")]
    [InlineData("---\nname: capitals\ndescription: x\nAnswer.", "does not begin with front matter")]
    [InlineData("---\nname: capitals\n---\nAnswer.", "has no description")]
    [InlineData("---\ndescription: x\n---\nAnswer.", "has no name")]
    [InlineData("---\nname: capitals\nname: capitals\ndescription: x\n---\nAnswer.", "has 'name' twice")]
    [InlineData("---\nname: other\ndescription: x\n---\nAnswer.", "must be that of its folder, 'capitals'")]
    [InlineData("---\nname: capitals\ndescription: x\n---\n \n", "has no instructions")]
    [InlineData("", "does not begin with front matter")]
    public void AMalformedSkillIsRefusedByName(string text, string message)
    {
        Write("capitals", text);
        var error = Assert.Throws<SkillException>(() => Skill.LoadAll(_folder.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("capitals", "SKILL.md"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("a/../../secret.txt")]
    [InlineData("/etc/hostname")]
    [InlineData("link.txt")]
    [InlineData("linked/secret.txt")]
    [InlineData("../capitals-not/secret.txt")]
    public void APathOutOfTheFolderIsRefused(string path)
    {
        var skill = Write("capitals", Capitals);
        _folder.Write("secret.txt", "secret");
        Directory.CreateDirectory(_folder["capitals-not"]);
        _folder.Write("capitals-not/secret.txt", "secret");
        File.CreateSymbolicLink(_folder["capitals/link.txt"], _folder["secret.txt"]);
        Directory.CreateSymbolicLink(_folder["capitals/linked"], _folder.Path);
        var error = Assert.Throws<SkillException>(() => skill.ReadFile(path));
        Assert.Equal($"'{path}' leads out of the skill 'capitals'. Name a file below its folder.", error.Message);
    }

    [Fact]
    public void TheModelReadsSkillsThroughTools()
    {
        Write("capitals", Capitals);
        Directory.CreateDirectory(_folder["capitals/more"]);
        _folder.Write("capitals/more/umlauts.md", "Ä stays Ä.");
        var toolbox = new Toolbox(new SkillShelf(Skill.LoadAll(_folder.Path)).Tools());
        Assert.Contains("capitals (answers in capital letters)", toolbox.Tools[0].Description, StringComparison.Ordinal);
        Assert.Equal("Answer in capital letters.", Call(("name", "capitals")));
        Assert.Equal("There is no skill cooking. The skills are capitals.", Call(("name", "cooking")));
        Assert.Equal("Ä stays Ä.", Call(("name", "capitals"), ("path", "more/umlauts.md")));
        Assert.Equal("The skill 'capitals' has no file 'less.md'.", Call(("name", "capitals"), ("path", "less.md")));
        Assert.StartsWith("'../x' leads out of the skill", Call(("name", "capitals"), ("path", "../x")), StringComparison.Ordinal);

        string Call(params (string Name, string Value)[] arguments) => toolbox.Invoke(new ToolCall(
            arguments.Length == 1 ? "skill" : "skill_file", arguments.ToDictionary(a => a.Name, a => a.Value)));
    }

    [Fact]
    public void TheNearestSkillIsFoundByItsDescription()
    {
        var shelf = new SkillShelf([new("north", "n", "Go north.", ""), new("east", "e", "Go east.", "")]);
        var vectors = new Dictionary<string, float[]> { ["n"] = [0, 1], ["e"] = [1, 0], ["task"] = [0.6f, 0.8f] };
        Assert.Equal("north", shelf.Nearest(text => vectors[text], "task")!.Name);
        Assert.Null(shelf.Nearest(text => vectors[text], "task", least: 0.9));
        Assert.Null(new SkillShelf([]).Nearest(text => vectors[text], "task"));
    }

    [Fact]
    public void AliceFindsASkillAndFollowsIt()
    {
        Write("capitals", Capitals);
        Write("sums", "---\nname: sums\ndescription: adds two numbers, such as 3 + 4\n---\nAdd the numbers.");
        var shelf = new SkillShelf(Skill.LoadAll(_folder.Path));
        var skill = shelf.Nearest(new TextEmbedder(_alice).Embed, "Please answer in capital letters.");
        Assert.Equal("capitals", skill!.Name);

        ChatMessage[] question = [new("user", "What is the capital of Italy?")];
        var plain = new AgentLoop(_alice, Toolbox.Empty).Run(question).Answer;
        var loaded = new AgentLoop(_alice, Toolbox.Empty).Run(SkillShelf.Load(skill, question)).Answer;
        Assert.NotEqual(plain.ToUpperInvariant(), plain);
        Assert.Equal(loaded.ToUpperInvariant(), loaded);
        Assert.Contains("ROME", loaded, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelsChoiceIsBoundToTheNames()
    {
        Write("capitals", Capitals);
        Write("sums", "---\nname: sums\ndescription: adds two numbers, such as 3 + 4\n---\nAdd the numbers.");
        var shelf = new SkillShelf(Skill.LoadAll(_folder.Path));
        // She was never taught to choose skills: free, she would answer the task, and with "none" on offer she takes that.
        Assert.NotNull(shelf.Choose(_alice, "What is 3 + 4?", mayChooseNone: false));
        Assert.Null(shelf.Choose(_alice, "What is 3 + 4?"));
    }

    [Fact]
    public void ASkillJoinsTheSystemMessageThatIsThere()
    {
        Skill skill = new("capitals", "d", "Answer in capital letters.", "");
        ChatMessage user = new("user", "Hi");
        Assert.Equal([new("system", "Answer in capital letters."), user], SkillShelf.Load(skill, [user]));
        Assert.Equal(
            [new("system", "You are Alice.\nAnswer in capital letters."), user],
            SkillShelf.Load(skill, [new("system", "You are Alice."), user]));
        Assert.Equal([user], SkillShelf.Load(null, [user]));
    }

    private Skill Write(string name, string text)
    {
        Directory.CreateDirectory(_folder[name]);
        _folder.Write($"{name}/SKILL.md", text);
        return text == Capitals ? Skill.Load(_folder[name]) : new Skill(name, "", "", _folder[name]);
    }
}
