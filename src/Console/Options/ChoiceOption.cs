using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>An option that takes one of a few words; any other is bad usage, said in one sentence.</summary>
internal static class ChoiceOption
{
    public static Option<string?> Create(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., { Value: var word }] && !words.Contains(word))
                result.AddError($"{name} is '{word}'; it must be {Either(words)}.");
        });
        return option;
    }

    private static string Either(string[] words) => words is [var only] ? only : $"{string.Join(", ", words[..^1])} or {words[^1]}";
}
