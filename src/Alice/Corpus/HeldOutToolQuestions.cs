using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Finds the wordings that only the evaluation uses, so that no composed wording hits one of them by chance.</summary>
internal static partial class HeldOutToolQuestions
{
    private const string Ending = ".held-out";

    private static readonly Regex All = Read("wordings/tools.txt");

    /// <summary>Whether a question is one of these templates with whatever values; case and punctuation do not count.</summary>
    public static bool Match(string question) => All.IsMatch(CorpusBuilder.Normalized(question));

    private static Regex Read(string file)
    {
        var (templates, isHeldOut) = (new List<string>(), false);
        foreach (var line in CorpusResource.Lines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] != ' ') isHeldOut = line.EndsWith(Ending, StringComparison.Ordinal);
            else if (isHeldOut) templates.Add(Template(Weight().Replace(line.Trim(), "")));
        }
        return new Regex($"^(?:{string.Join('|', templates)})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    // "How heavy is {a item}?" matches "how heavy is a lamp", and "Give me {left} {sign} {right}." only calculations.
    private static string Template(string line) => string.Join(
        ' ', CorpusBuilder.Normalized(Mark().Replace(line, m => $" slot{m.Value.Trim('{', '}').Split(' ')[^1]} ")).Split(' ').Select(Word));

    private static string Word(string word) => word switch
    {
        "slotleft" or "slotright" => @"\d+",
        "slotsign" => "[-+*/]",
        "slotword" => "[a-z]+",
        _ => word.StartsWith("slot", StringComparison.Ordinal) ? ".+" : Regex.Escape(word),
    };

    [GeneratedRegex(@"^\d+x ")]
    private static partial Regex Weight();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Mark();
}
