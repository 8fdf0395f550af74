using System.Text;

namespace LlmRabbitHoles.Tokenization.PreTokenization;

// Sets of characters: [a-z], [[:alpha:]], [a-z&&[^b]], \w, \p{Lu}.
internal sealed partial class RegexNotation
{
    // \w and the [:...:] sets as Oniguruma fills them, in .NET's categories. Tests compare every character up to U+FFFF.
    private const string Posix = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9";
    private const string Word = Posix + "²³¹¼½¾";
    private const string Hex = "0-9a-fA-F";

    // Marks that are not alphabetic, as Oniguruma has them.
    private const string NonAlphabeticMarks =
        @"\u0300-\u0344\u0346-\u0362\u0483-\u0489\u0591-\u05AF\u0658\u06DF-\u06E0\u06EA-\u06EC\u0740-\u074A\u07EB-\u07F3" +
        @"\u07FD\u0818-\u0819\u082D\u0859-\u085B\u0898-\u089F\u08CA-\u08D3\u08E0-\u08E1\u08EA-\u08EF\u093C\u094D" +
        @"\u0951-\u0954\u09BC\u09CD\u09FE\u0A3C\u0A4D\u0ABC\u0ACD\u0AFD-\u0AFF\u0B3C\u0B4D-\u0B55\u0BCD\u0C3C\u0C4D\u0CBC" +
        @"\u0CCD\u0D3B-\u0D3C\u0D4D\u0DCA\u0E47-\u0E4C\u0E4E\u0EBA\u0EC8-\u0ECC\u0ECE\u0F18-\u0F3F\u0F84-\u0F87\u0FC6" +
        @"\u1037\u1039-\u103A\u135D-\u135F\u1714-\u1715\u1734\u17B4-\u17B5\u17C9-\u17D3\u17DD-\u180F\u1939-\u193B\u1A60" +
        @"\u1A75-\u1A7F\u1AB0-\u1ABE\u1AC1-\u1ACB\u1B34\u1B44\u1B6B-\u1B73\u1BAA-\u1BAB\u1BE6\u1BF2-\u1BF3\u1C37" +
        @"\u1CD0-\u1CE8\u1CED\u1CF4\u1CF7-\u1CF9\u1DC0-\u1DD2\u1DF5-\u1DFF\u20D0-\u20F0\u2CEF-\u2CF1\u2D7F\u302A-\u302F" +
        @"\u3099-\u309A\uA66F-\uA672\uA67C-\uA67D\uA6F0-\uA6F1\uA806\uA82C\uA8C4\uA8E0-\uA8F1\uA92B-\uA92D\uA953\uA9B3" +
        @"\uA9C0\uAABF\uAAC1\uAAF6\uABEC-\uABED\uFE00-\uFE2F";

    private const string Alphabetic = $@"(?:(?!(?=\p{{M}})[{NonAlphabeticMarks}])[\p{{L}}\p{{M}}\p{{Nl}}\u24B6-\u24E9])";

    // What is lower case without being a lower-case letter: ª, ʰ, ⅰ, ⓐ.
    private const string OtherLowercase =
        @"\u00AA\u00BA\u02B0-\u02B8\u02C0-\u02C1\u02E0-\u02E4\u0345\u037A\u10FC\u1D2C-\u1D6A\u1D78\u1D9B-\u1DBF\u2071" +
        @"\u207F\u2090-\u209C\u2170-\u217F\u24D0-\u24E9\u2C7C-\u2C7D\uA69C-\uA69D\uA770\uA7F2-\uA7F4\uA7F8-\uA7F9" +
        @"\uAB5C-\uAB5F\uAB69";

    private static readonly Dictionary<string, string> PosixSets = new()
    {
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\p{Zs}\t",
        ["cntrl"] = @"\p{Cc}",
        ["digit"] = @"\p{Nd}",
        ["lower"] = @"\p{Ll}" + OtherLowercase,
        ["punct"] = @"\p{P}\p{S}",
        ["space"] = @"\s",
        ["upper"] = @"\p{Lu}\u2160-\u216F\u24B6-\u24CF",
        ["word"] = Posix,
        ["xdigit"] = Hex,
    };

    // Sets that are easier to say by what they lack.
    private static readonly Dictionary<string, string> PosixComplements = new()
    {
        ["graph"] = @"\s\p{Cc}\p{Cn}\p{Cs}",
        ["print"] = @"\p{Cc}\p{Cn}\p{Cs}\p{Zl}\p{Zp}",
    };

    private static readonly Dictionary<string, string> Categories = MakeCategories();

    /// <summary>
    /// A set as a fragment that matches one character; <paramref name="Items"/> is what stands between its brackets, where that says it
    /// all.
    /// </summary>
    private readonly record struct Set(string? Items, string Fragment)
    {
        public static Set Of(string items) => new(items, $"[{items}]");

        public static Set Except(string items) => new(null, $"[^{items}]");

        public Set Complement() => Items is { } items ? Except(items) : new Set(null, $@"(?:(?!{Fragment})[\s\S])");
    }

    /// <summary>The set that an escape stands for, in a set or outside; null where it stands for none.</summary>
    private Set? SetOf(char escape) => escape switch
    {
        'd' => Set.Of(@"\d"),
        'D' => Set.Of(@"\D"),
        's' => Set.Of(@"\s"),
        'S' => Set.Of(@"\S"),
        'w' => Set.Of(Word),
        'W' => Set.Except(Word),
        'h' => Set.Of(Hex),
        'H' => Set.Except(Hex),
        'p' when Accept("{") => Property(TakeUntil('}')),
        'P' when Accept("{") => Property(TakeUntil('}')).Complement(),
        _ => null,
    };

    private static Set Property(string name)
    {
        if (name.StartsWith('^')) return Property(name[1..]).Complement();
        var key = Normal(name);
        if (Categories.TryGetValue(key, out var items)) return Set.Of(items);
        return PosixSet(key) ?? throw NotSupported(
            $"\\p{{{name}}}", "General categories are, such as \\p{L} and \\p{Lu}. Scripts can be written as ranges.");
    }

    private static string Normal(string name) =>
        string.Concat(name.Where(c => c is not (' ' or '_' or '-'))).ToLowerInvariant();

    private static Set? PosixSet(string name) =>
        PosixSets.TryGetValue(name, out var items) ? Set.Of(items)
        : name is "alpha" or "alphabetic" ? new Set(null, Alphabetic)
        : name == "alnum" ? new Set(null, $@"(?:\p{{Nd}}|{Alphabetic})")
        : PosixComplements.TryGetValue(name, out var lacked) ? Set.Except(lacked)
        : null;

    // Behind the opening bracket, up to the closing one.
    private Set CharacterSet()
    {
        if (++_depth > DeepestNesting) throw new ArgumentException($"sets are nested more than {DeepestNesting} deep.");
        _lastLiteral = '\0';
        var isComplement = Accept("^");
        var parts = new List<Set>();                 // all must hold: they stand between &&
        var union = new Union();
        for (var isFirst = true; isFirst || !Accept("]"); isFirst = false)
        {
            if (Accept("&&"))
            {
                parts.Add(union.ToSet());
                union = new Union();
            }
            else
            {
                Add(union, Take());
            }
        }

        _depth--;
        parts.Add(union.ToSet());
        var all = parts is [var only]
            ? only
            : new Set(null, $"(?:{string.Concat(parts[..^1].Select(part => $"(?={part.Fragment})"))}{parts[^1].Fragment})");
        return isComplement ? all.Complement() : all;
    }

    private void Add(Union union, char c)
    {
        if (c == '[')
        {
            union.Add(Accept(":") ? Bracket(TakeUntil(':')) : CharacterSet());
            RefuseRange();
            return;
        }

        if (c == '\\')
        {
            c = Take();
            if (SetOf(c) is { } set)
            {
                union.Add(set);
                RefuseRange();
                return;
            }

            c = c == 'b' ? '\b' : EscapedCharacter(c);
        }

        CheckUnit(c);
        var last = EndOfRange(c);
        _mentioned.Add((c, last));
        union.Add(c, last, _ignoreCase);
    }

    // [:alpha:] and [:^alpha:]
    private Set Bracket(string name)
    {
        if (!Accept("]")) throw NotSupported("[:" + name, "A set such as [[:alpha:]] ends in :].");
        var bare = name.TrimStart('^');
        var set = PosixSet(bare) ?? throw NotSupported(
            $"[:{name}:]", "Known are alpha, alnum, ascii, blank, cntrl, digit, graph, print, punct, space, upper, word and xdigit.");
        return bare.Length < name.Length ? set.Complement() : set;
    }

    // A set can't be the end of a range.
    private void RefuseRange()
    {
        if (!AtEnd && _pattern[_at] == '-' && !IsLastDash()) throw NotSupported("A '-' behind a set within a set", "Write it as \\-.");
    }

    private bool IsLastDash() =>
        _at + 1 < _pattern.Length && (_pattern[_at + 1] is ']' or '[' || string.CompareOrdinal(_pattern, _at + 1, "&&", 0, 2) == 0);

    private char EndOfRange(char first)
    {
        if (AtEnd || _pattern[_at] != '-' || IsLastDash()) return first;
        _at++;
        var last = Take();
        if (last == '\\')
        {
            last = Take();
            if (SetOf(last) is not null) throw new ArgumentException("a set stands at the end of a range.");
            last = last == 'b' ? '\b' : EscapedCharacter(last);
        }

        CheckUnit(last);
        return last >= first ? last : throw new ArgumentException($"the range {first}-{last} is empty.");
    }

    private static Dictionary<string, string> MakeCategories()
    {
        (string Short, string Long)[] names =
        [
            ("L", "Letter"), ("Lu", "UppercaseLetter"), ("Ll", "LowercaseLetter"), ("Lt", "TitlecaseLetter"), ("Lm", "ModifierLetter"),
            ("Lo", "OtherLetter"),
            ("M", "Mark"), ("Mn", "NonspacingMark"), ("Mc", "SpacingMark"), ("Me", "EnclosingMark"),
            ("N", "Number"), ("Nd", "DecimalNumber"), ("Nl", "LetterNumber"), ("No", "OtherNumber"),
            ("P", "Punctuation"), ("Pc", "ConnectorPunctuation"), ("Pd", "DashPunctuation"), ("Ps", "OpenPunctuation"),
            ("Pe", "ClosePunctuation"),
            ("Pi", "InitialPunctuation"), ("Pf", "FinalPunctuation"), ("Po", "OtherPunctuation"),
            ("S", "Symbol"), ("Sm", "MathSymbol"), ("Sc", "CurrencySymbol"), ("Sk", "ModifierSymbol"), ("So", "OtherSymbol"),
            ("Z", "Separator"), ("Zs", "SpaceSeparator"), ("Zl", "LineSeparator"), ("Zp", "ParagraphSeparator"),
            ("C", "Other"), ("Cc", "Control"), ("Cf", "Format"), ("Cn", "Unassigned"), ("Co", "PrivateUse"), ("Cs", "Surrogate"),
        ];
        var categories = new Dictionary<string, string> { ["any"] = @"\s\S", ["lc"] = @"\p{Lu}\p{Ll}\p{Lt}" };
        foreach (var (brief, full) in names) categories[Normal(brief)] = categories[Normal(full)] = $"\\p{{{brief}}}";
        return categories;
    }

    /// <summary>What a set holds, from left to right.</summary>
    private sealed class Union
    {
        private readonly StringBuilder _items = new();
        private readonly List<string> _fragments = [];

        public void Add(Set set)
        {
            if (set.Items is { } items) _items.Append(items);
            else _fragments.Add(set.Fragment);
        }

        public void Add(char first, char last, bool ignoreCase)
        {
            if (ignoreCase && first == last) CheckFold('\0', first);
            Append(first, last);
            if (!ignoreCase) return;
            if (Holds("sSſ")) _items.Append("sSſ");
            if (Holds("kK\u212A")) _items.Append("kK\u212A");
            bool Holds(string cases) => cases.Any(c => c >= first && c <= last);
        }

        public Set ToSet()
        {
            if (_fragments.Count == 0) return _items.Length > 0 ? Set.Of(_items.ToString()) : new Set(null, "(?!)");
            if (_items.Length > 0) _fragments.Insert(0, $"[{_items}]");
            return new Set(null, $"(?:{string.Join('|', _fragments)})");
        }

        private void Append(char first, char last)
        {
            _items.Append($"\\u{(int)first:X4}");
            if (last > first) _items.Append($"-\\u{(int)last:X4}");
        }
    }
}
