using System.Text;
using System.Text.Json;
using LlmRabbitHoles.Sampling.Constraints;

namespace LlmRabbitHoles.Engine.Tests;

public class JsonSchemaGrammarTests
{
    [Theory]
    [InlineData("""{"type": "boolean"}""", "true|false", "True|null|1")]
    [InlineData("""{"type": ["integer", "null"]}""", "0|-7|12|null", "01|1.5|-")]
    [InlineData("""{"type": "number"}""", "0|-0.5|3.25|-12", "1.|.5|1e3|00")]
    [InlineData("""{"type": "number", "minimum": 1.5, "maximum": 4}""", "2|4|2.5|3.999", "1.5|4.1|5|-2")]
    [InlineData("""{"enum": ["red", 3, null, {"a": [1, 2]}]}""", "\"red\"|3|null|{\"a\": [1, 2]}", "red|\"3\"|{\"a\":[1,2]}")]
    [InlineData("""{"const": "a \"b\" \\ é"}""", "\"a \\\"b\\\" \\\\ é\"", "\"a\"")]
    [InlineData("""{"type": "string", "minLength": 1, "maxLength": 3}""", "\"a\"|\"äöü\"|\"a\\n\\\"\"", "\"\"|\"abcd\"|\"a\nb\"")]
    [InlineData("""{"type": "string", "pattern": "^[A-Z]{2}-\\d+$"}""", "\"AB-1\"|\"XY-42\"", "\"A-1\"|\"AB-\"|AB-1")]
    [InlineData("""{"type": "string", "format": "date"}""", "\"2026-11-28\"|\"2024-02-01\"", "\"2026-13-01\"|\"26-1-1\"")]
    [InlineData("""{"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}""",
        "[1]|[1, 2, 3]", "[]|[1,2]|[1, 2, 3, 4]")]
    [InlineData("""{"type": "array", "items": {"type": "null"}}""", "[]|[null]|[null, null]", "[null,]|[1]")]
    [InlineData("""{"type": "array", "prefixItems": [{"type": "null"}, {"const": 1}], "items": false}""",
        "[null, 1]", "[]|[null]|[null, 1, 1]")]
    [InlineData("""{"type": "array", "maxItems": 0}""", "[]", "[1]")]
    [InlineData("""{"anyOf": [{"const": 1}, {"type": "array", "items": {"$ref": "#"}}]}""", "1|[1, [1, []]]", "2|[2]")]
    [InlineData("""{"type": "object", "additionalProperties": {"type": "integer"}}""",
        "{}|{\"a\": 1, \"b\": -2}", "{\"a\": \"1\"}|{\"a\"}")]
    [InlineData("""{"type": "object", "additionalProperties": false}""", "{}", "{\"a\": 1}")]
    [InlineData("{}", "1|\"a\"|{\"a\": [true, null]}|-2.5", "a|{a: 1}|[1 2]")]
    [InlineData("true", "null|[]", "nil")]
    public void TextsFitOrDoNot(string schema, string fitting, string others)
    {
        var grammar = Grammar.FromJsonSchema(schema);
        Assert.All(fitting.Split('|'), text => Assert.True(grammar.Fits(text), $"{text} in\n{grammar.Text}"));
        Assert.All(others.Split('|'), text => Assert.False(grammar.Fits(text), $"{text} in\n{grammar.Text}"));
    }

    [Theory]
    [InlineData("[\"a\"]", "a")]
    [InlineData("[\"b\"]", "b")]
    [InlineData("[\"a\", \"b\", \"c\"]", "abc")]
    public void RequiredPropertiesAreThereAndOthersMayBe(string required, string needed)
    {
        var grammar = Grammar.FromJsonSchema(
            """{"properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}}, "required": """ + required + "}");
        for (var mask = 0; mask < 8; mask++)
        {
            var there = new string([.. "abc".Where((_, i) => (mask & (1 << i)) != 0)]);
            var text = $"{{{string.Join(", ", there.Select(name => $"\"{name}\": {name - 'a' + 1}"))}}}";
            Assert.True(needed.All(there.Contains) == grammar.Fits(text), text);
        }
    }

    /// <summary>Every whole number around the bounds, against plain comparison.</summary>
    [Theory]
    [InlineData(0, 120)]
    [InlineData(7, 7)]
    [InlineData(-13, 254)]
    [InlineData(-254, -137)]
    [InlineData(95, 1010)]
    [InlineData(-1, 0)]
    [InlineData(100, 199)]
    public void IntegersStayBetweenTheirBounds(int least, int most)
    {
        var grammar = Grammar.FromJsonSchema($$"""{"type": "integer", "minimum": {{least}}, "maximum": {{most}}}""");
        for (var n = least - 300; n <= most + 300; n++) Assert.True((n >= least && n <= most) == grammar.Fits($"{n}"), $"{n}");
        Assert.False(grammar.Fits("007"));
        Assert.False(grammar.Fits("-0"));
    }

    [Fact]
    public void ExclusiveBoundsLeaveTheirNumbersOut()
    {
        var grammar = Grammar.FromJsonSchema("""{"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 4}""");
        Assert.Equal([2, 3], Enumerable.Range(0, 6).Where(n => grammar.Fits($"{n}")));
    }

    /// <summary>Random texts of the grammar are JSON and keep the schema's rules, checked by hand.</summary>
    [Fact]
    public void EveryTextOfTheGrammarFitsTheSchema()
    {
        var grammar = Grammar.FromJsonSchema(
            """
            {
              "type": "object",
              "properties": {
                "name": {"type": "string", "maxLength": 12},
                "age": {"type": "integer", "minimum": 0, "maximum": 120},
                "tags": {"type": "array", "items": {"enum": ["red", "green", "blue"]}, "maxItems": 3},
                "parent": {"$ref": "#/$defs/person"}
              },
              "required": ["name", "age", "tags"],
              "additionalProperties": false,
              "$defs": {"person": {"type": "object", "properties": {"name": {"type": "string"}, "parent": {"$ref": "#/$defs/person"}}}}
            }
            """);
        var random = new Random(8);
        for (var i = 0; i < 300; i++)
        {
            using var json = JsonDocument.Parse(RandomText(grammar, random));
            var root = json.RootElement;
            Assert.Subset(new HashSet<string> { "name", "age", "tags", "parent" }, root.EnumerateObject().Select(p => p.Name).ToHashSet());
            Assert.InRange(root.GetProperty("name").GetString()!.EnumerateRunes().Count(), 0, 12);
            Assert.InRange(root.GetProperty("age").GetInt32(), 0, 120);
            Assert.InRange(root.GetProperty("tags").GetArrayLength(), 0, 3);
            Assert.All(
                root.GetProperty("tags").EnumerateArray(), tag => Assert.Contains(tag.GetString(), new[] { "red", "green", "blue" }));
        }
    }

    [Theory]
    [InlineData("{", "is not valid JSON")]
    [InlineData("3", "at # is 3; a schema is an object or true")]
    [InlineData("""{"type": "date"}""", "at #/type is 'date'; it must be object, array, string")]
    [InlineData("""{"type": "integer", "multipleOf": 3}""", "at #/multipleOf cannot be kept by a grammar")]
    [InlineData("""{"type": "array", "uniqueItems": true}""", "at #/uniqueItems cannot be kept by a grammar")]
    [InlineData("""{"properties": {"a": {"not": {}}}}""", "at #/properties/a/not cannot be kept")]
    [InlineData("""{"$ref": "#/$defs/none"}""", "at #/$ref points to '#/$defs/none', which is not in the schema")]
    [InlineData("""{"$ref": "other.json"}""", "outside the schema")]
    [InlineData("""{"$ref": "#"}""", "No text fits the grammar")]
    [InlineData("""{"type": "object", "properties": {"a": {}}, "required": ["b"]}""", "names 'b', which 'properties' does not describe")]
    [InlineData("""{"type": "integer", "minimum": 5, "maximum": 4}""", "has bounds between which there is no whole number")]
    [InlineData("""{"type": "string", "maxLength": -1}""", "at #/maxLength is -1; it must be a whole number of 0 or more")]
    [InlineData("""{"type": "string", "pattern": "abc"}""", "does not begin with ^")]
    [InlineData("""{"enum": []}""", "at #/enum must be a list that is not empty")]
    public void WhatCannotBeKeptIsRefusedWithItsPlace(string schema, string because) =>
        Assert.Contains(because, Assert.Throws<GrammarException>(() => Grammar.FromJsonSchema(schema)).Message);

    private static string RandomText(Grammar grammar, Random random)
    {
        var (automaton, bytes, state) = (grammar.Automaton, new List<byte>(), GrammarAutomaton.Start);
        while (!automaton.IsComplete(state) && !(automaton.Accepts(state) && random.Next(4) == 0))
        {
            // ASCII mostly, and quotes often, so that texts end.
            byte[] open = [.. Enumerable.Range(0, 256).Select(b => (byte)b).Where(b => automaton.Next(state, b) != GrammarAutomaton.Dead)];
            var next = open.Contains((byte)'"') && random.Next(3) == 0 ? (byte)'"' : open[random.Next(open.Length)];
            bytes.Add(next);
            state = automaton.Next(state, next);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
