using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Alice;

/// <summary>Picks the example sentences of WordNet that are whole, plain and friendly.</summary>
internal static partial class OpenTextFilter
{
    private const int KnownWords = 4500;
    private const int LongestSentence = 110;

    // Religion, violence, drink, sex, race and politics have no place in a first reader.
    private static readonly HashSet<string> Unwanted = new(
        ("god gods lord jesus christ christian christians church bible prayer pray prayers priest pope holy saint heaven hell devil sin sins soul religion religious " +
        "jew jews jewish muslim islam catholic protestant hindu allah worship faith sacred bishop monk nun angel angels satan gospel preacher minister scripture " +
        "kill killed kills killing killer murder murdered murderer die died dies dying death dead blood bloody gun guns shot shoot shooting bomb bombs bombed weapon weapons war wars battle army " +
        "soldier soldiers enemy attack attacked attacks rape raped stab stabbed victim victims suicide torture tortured prisoner prisoners prison slave slaves slavery hang hanged executed corpse grave " +
        "drunk drunken beer wine whiskey whisky alcohol alcoholic drug drugs cocaine heroin marijuana smoke smoked smoking cigarette cigarettes cigar tobacco addict " +
        "sex sexual sexy naked nude breast breasts penis virgin lover lovers mistress prostitute whore bitch bastard damn damned lust orgasm intercourse bra erotic pregnant abortion seduce seduced " +
        "black blacks negro negroes white whites race racial racist gay lesbian homosexual indian indians gypsy nazi nazis hitler communist communists republican republicans democrat democrats " +
        "fat idiot stupid fool crazy insane ugly cripple cancer tumor disease wound wounded vomit urine feces shit piss ass fart fuck crap hate hated hates terror terrorist terrorists crime criminal criminals thief " +
        "president congress senate senator election vote voted voters party police policeman policemen court judge jury trial lawyer guilty divorce divorced wife's affair rebel rebels riot troops hostile violent violence " +
        "bush clinton reagan nixon kennedy iraq vietnam israel palestinian russians germans japs american americans " +
        "birth drugged passion passionate haunted fighting fight fights fought alchemists waters labour funeral mugger mugged explosive explosives exploded explode arrest arrested mad labor bearing surgery clinic depressed slaughter beaten beat beating dirty hanging trump gamble gambling bet bets poker horseback " +
        "husband's lecture affair kiss kissed slept marriage liar lied lying fled flee theft stole stolen rob robbed burglar bully pig pigs shut jerk nasty sick ill pain suffering suffered heart-attack pregnant baby's womb bar bars bully poison poisoned tragedy mistress abuse abused abusive hysterical madness cruel cruelty wicked evil monster monsters corrupt bribe bribed scandal scandals tax taxes stock stocks shares").Split(' '), StringComparer.Ordinal);

    /// <param name="lines">Lines of WordNet's data files; examples stand in quotes in the gloss after "|".</param>
    /// <returns>Sentences in ordinal order, without doubles.</returns>
    public static IReadOnlyList<string> Sentences(IEnumerable<string> lines)
    {
        var candidates = lines.Where(line => line.Length > 0 && char.IsDigit(line[0])).SelectMany(Examples)
            .Where(IsSentence).Select(Tidy).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var known = candidates.SelectMany(Words).GroupBy(word => word, StringComparer.Ordinal)
            .OrderByDescending(word => word.Count()).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(KnownWords).Select(word => word.Key).ToHashSet(StringComparer.Ordinal);
        return [.. candidates.Where(sentence => Words(sentence).All(word => known.Contains(word) && !Unwanted.Contains(word)))];
    }

    private static IEnumerable<string> Examples(string line)
    {
        var gloss = line[(line.IndexOf('|') + 1)..];
        return Quoted().Matches(gloss).Select(match => match.Groups[1].Value.Trim());
    }

    // A whole sentence: starts with a pronoun, an article or a name, and holds a common verb form.
    private static bool IsSentence(string text)
    {
        if (text.Length is < 15 or > LongestSentence || !PlainCharacters().IsMatch(text))
            return false;
        var words = Words(text).ToArray();
        return words.Length is >= 4 and <= 18 && Beginning().IsMatch(text) && words.Skip(1).Take(5).Any(IsVerb) && !Dangling().IsMatch(text);
    }

    private static bool IsVerb(string word) => CommonVerbs.Contains(word);

    private static string Tidy(string text)
    {
        text = char.ToUpperInvariant(text[0]) + text[1..].TrimEnd(' ', ',', ';');
        return text[^1] is '.' or '?' or '!' ? text : Question().IsMatch(text) ? text + "?" : text + ".";
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text.ToLowerInvariant()).Select(match => match.Value);

    private static readonly HashSet<string> CommonVerbs = new(
        ("is was are were has had have will would can could must may might should do does did be been am isn't wasn't don't doesn't didn't can't couldn't won't wouldn't " +
        "went came took gave made saw got said told asked looked seemed felt became put kept let found knew thought wanted needed liked loved lived worked played ran walked sat stood " +
        "goes comes takes gives makes sees gets says tells asks looks seems feels becomes puts keeps lets finds knows thinks wants needs likes loves lives works runs walks sits stands " +
        "opened closed turned moved stopped started began tried helped showed brought bought sold built broke held carried caught threw fell grew heard read wrote spoke sang danced slept woke ate drank cooked " +
        "learned taught studied spent paid lost won met called used followed stayed waited watched smiled laughed cried jumped climbed drove rode flew swam sent received returned arrived covered filled pulled pushed " +
        "picked raised changed agreed happened belongs belonged depends costs wore led hid hurt lay shook drew cleaned washed finished decided promised remembered forgot understood believed enjoyed").Split(' '), StringComparer.Ordinal);

    [GeneratedRegex("\"([^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("^[A-Za-z][A-Za-z ,.'?!-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainCharacters();

    [GeneratedRegex("^(he|she|it|they|we|you|i|the|a|an|my|his|her|their|our|your|this|that|these|those|there|all|some|many|most|no|one|two|every|each|both|children|people|everyone|everybody|nobody|who|what|where|when|how|why|do|did|can|could|if|in|on|at|after|before) ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Beginning();

    [GeneratedRegex("(\\.\\.| - |--| (of|the|a|an|to|for|with|in|on|at|by|and|or|but)$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dangling();

    [GeneratedRegex("^(who|what|where|when|how|why|do|did|can|could|does|is|are) (is|are|was|were|do|does|did|can|could|will|would|many|much|long|old|you|they|he|she|it|we|i) ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Question();

    [GeneratedRegex("[a-z]+('[a-z]+)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
