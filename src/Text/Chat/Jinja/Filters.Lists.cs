namespace LlmRabbitHoles.Chat.Jinja;

internal static partial class Filters
{
    private static object? Join(object? value, Arguments arguments)
    {
        var items = Operators.Items(value, arguments.Place);
        if (arguments.Get(1, "attribute") is { } attribute) items = [.. items.Select(item => At(item, attribute, arguments))];
        return StringMethods.Join(
            Text(arguments.Get(0, "d", ""), arguments), [.. items.Select(item => Text(item, arguments))], arguments.Place);
    }

    // These four turn any false value, also none, into an empty list, as jinja2 does: a message may lack tool calls and content.
    private static IReadOnlyList<object?> ItemsOrNone(object? value, Arguments arguments) =>
        Operators.IsTrue(value) ? Operators.Items(value, arguments.Place) : [];

    private static ListView Map(object? value, Arguments arguments)
    {
        var items = ItemsOrNone(value, arguments);
        if (items.Count == 0) return ListView.Generator([]);
        if (arguments.Positional.Count == 0 && arguments.Named.TryGetValue("attribute", out var attribute))
        {
            var known = arguments.Checked(["attribute", "default"]);
            return ListView.Generator(items.Select(item => At(item, attribute, known, known.Get(int.MaxValue, "default"))));
        }

        var name = Text(arguments.Require(0, "filter"), arguments);
        var rest = Rest(arguments, name, 1);
        return ListView.Generator(items.Select(item => Apply(name, item, rest)));
    }

    private static ListView Select(object? value, Arguments arguments, bool wanted) =>
        ListView.Generator(ItemsOrNone(value, arguments).Where(item => Passes(item, arguments, 0) == wanted));

    private static ListView SelectByAttribute(object? value, Arguments arguments, bool wanted)
    {
        var items = ItemsOrNone(value, arguments);
        if (items.Count == 0) return ListView.Generator([]);
        var attribute = arguments.Require(0, "attribute");
        return ListView.Generator(items.Where(item => Passes(At(item, attribute, arguments), arguments, 1) == wanted));
    }

    // The test that the arguments name from a place on; without one, whether the value is true.
    private static bool Passes(object? value, Arguments arguments, int place)
    {
        if (arguments.Positional.Count <= place) return Operators.IsTrue(value);
        var name = Text(arguments.Positional[place], arguments);
        return Tests.Apply(name, value, Rest(arguments, name, place + 1));
    }

    private static Arguments Rest(Arguments arguments, string callee, int from) =>
        arguments with { Callee = callee, Positional = [.. arguments.Positional.Skip(from)] };

    private static object? Sort(object? value, Arguments arguments) => Sorted(
        Operators.Items(value, arguments.Place), arguments.Get(2, "attribute"), arguments, arguments.Flag(1, "case_sensitive"),
        arguments.Flag(0, "reverse"));

    // Several attributes have commas between them; the first that differs decides.
    private static List<object?> Sorted(
        IReadOnlyList<object?> items, object? attribute, Arguments arguments, bool caseSensitive, bool descending = false)
    {
        object?[] attributes = attribute is string names && names.Contains(',') ? names.Split(',') : [attribute];
        object? Key(object? item, object? name) => Folded(name is null ? item : At(item, name, arguments), caseSensitive, arguments);
        var keyed = items.Select(item => (Item: item, Key: attributes.Select(name => Key(item, name)).ToArray())).ToList();
        var sorted = Sorting.Stable(keyed, (x, y) => Operators.Compare(x.Key, y.Key, arguments.Place), descending);
        return [.. sorted.Select(pair => pair.Item)];
    }

    private static object? Folded(object? key, bool caseSensitive, Arguments arguments) =>
        key is string text && !caseSensitive ? arguments.Place.Made(Casing.Lower(text)) : key;

    private static object? SortMapping(object? value, Arguments arguments)
    {
        var by = arguments.Text(1, "by") ?? "key";
        if (by is not ("key" or "value"))
            throw arguments.Error($"'dictsort' sorts by 'key' or by 'value'; it is given '{Shortened.Of(by)}'.");
        var pairs = CollectionMethods.Pairs(MappingOf(value, arguments), arguments.Place);
        return Sorted(pairs, by == "key" ? 0L : 1L, arguments, arguments.Flag(0, "case_sensitive"), arguments.Flag(2, "reverse"));
    }

    private static object? Unique(object? value, Arguments arguments)
    {
        var seen = new Mapping();
        var kept = new List<object?>();
        foreach (var item in Operators.Items(value, arguments.Place))
        {
            var key = Folded(
                arguments.Get(1, "attribute") is { } attribute ? At(item, attribute, arguments) : item, arguments.Flag(0, "case_sensitive"),
                arguments);
            if (seen.TryGet(key, arguments.Place, out _)) continue;
            seen.Set(key, null, arguments.Place);
            kept.Add(item);
        }

        return ListView.Generator(kept);
    }

    private static object? Extreme(object? value, Arguments arguments, bool largest)
    {
        var items = Operators.Items(value, arguments.Place);
        if (items.Count == 0) return new Undefined("there is no item");
        object? Key(object? item) =>
            Folded(
                arguments.Get(1, "attribute") is { } attribute ? At(item, attribute, arguments) : item, arguments.Flag(0, "case_sensitive"),
                arguments);
        var (found, best) = (items[0], Key(items[0]));
        foreach (var item in items.Skip(1))
        {
            var key = Key(item);
            if (!Operators.Holds(largest ? ">" : "<", key, best, arguments.Place)) continue;
            (found, best) = (item, key);
        }

        return found;
    }

    private static object? Sum(object? value, Arguments arguments)
    {
        var attribute = arguments.Get(0, "attribute");
        return Operators.Items(value, arguments.Place)
            .Select(item => attribute is null ? item : At(item, attribute, arguments))
            .Aggregate(arguments.Get(1, "start", 0L), (sum, item) => sum is string
                ? throw arguments.Error("'sum' adds numbers and lists. Use join for strings.")
                : Operators.Binary("+", sum, item, arguments.Place));
    }

    private static object? GroupBy(object? value, Arguments arguments)
    {
        var (attribute, missing, caseSensitive) =
            (arguments.Require(0, "attribute"), arguments.Get(1, "default"), arguments.Flag(2, "case_sensitive"));
        object? Key(object? item) => At(item, attribute, arguments, missing);
        var keyed = Operators.Items(value, arguments.Place)
            .Select(item => (Item: item, Key: Folded(Key(item), caseSensitive, arguments))).ToList();
        var groups = new List<object?>();
        object? last = null;
        foreach (var (item, key) in Sorting.Stable(keyed, (x, y) => Operators.Compare(x.Key, y.Key, arguments.Place)))
        {
            if (groups.Count > 0 && Operators.AreEqual(last, key, arguments.Place)) ((List<object?>)((object?[])groups[^1]!)[1]!).Add(item);
            else groups.Add(new[] { Key(item), new List<object?> { item } });
            last = key;
        }

        return groups;
    }

    private static object? Batch(object? value, Arguments arguments)
    {
        arguments.Require(0, "linecount");
        var size = (int)Math.Clamp(arguments.Integer(0, "linecount", 1), 1, int.MaxValue);
        var items = Operators.Items(value, arguments.Place);
        var batches = items.Chunk(size).Select(chunk => chunk.ToList()).ToList();
        if (batches.Count > 0 && arguments.Get(1, "fill_with") is { } filler)
        {
            arguments.Place.Step(size - batches[^1].Count);
            batches[^1].AddRange(Enumerable.Repeat(filler, size - batches[^1].Count));
        }

        return ListView.Generator(batches);
    }

    // So many lists of about one length, the longer ones first.
    private static object? SliceUp(object? value, Arguments arguments)
    {
        arguments.Require(0, "slices");
        var (items, slices) = (Operators.Items(value, arguments.Place), arguments.Integer(0, "slices", 1));
        if (slices < 1) throw arguments.Error("'slice' needs a number of 1 or more.");
        arguments.Place.Step(slices);
        var (length, longer, start) = ((int)(items.Count / slices), (int)(items.Count % slices), 0);
        var made = new List<object?>();
        for (var i = 0; i < slices; i++)
        {
            var size = length + (i < longer ? 1 : 0);
            var slice = items.Skip(start).Take(size).ToList();
            start += size;
            if (arguments.Get(1, "fill_with") is { } filler && i >= longer) slice.Add(filler);
            made.Add(slice);
        }

        return ListView.Generator(made);
    }

    // A key or index, or several with dots between them; what is missing on the way is replaced.
    private static object? At(object? item, object? attribute, Arguments arguments, object? missing = null)
    {
        object[] names = attribute is string path
            ? [.. path.Split('.').Select(
                name => name.Length > 0 && name.All(char.IsAsciiDigit) && long.TryParse(name, out var index) ? (object)index : name)]
            : [attribute ?? throw arguments.Error($"'{arguments.Callee}' needs the name of an attribute.")];
        arguments.Place.Step(names.Length);
        return names.Aggregate(item, (current, name) =>
            Interpreter.Item(current, name, arguments.Place) is var found && found is Undefined && missing is not null ? missing : found);
    }
}
