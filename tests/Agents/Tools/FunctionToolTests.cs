using System.ComponentModel;
using System.Text.Json;
using LlmRabbitHoles.Agents.Tools;
using LlmRabbitHoles.Chat;

namespace LlmRabbitHoles.Agents.Tests;

public class FunctionToolTests
{
    private static readonly FunctionTool Order = FunctionTool.Of(PlaceOrder, "order");
    private static readonly Toolbox Shop = new([Order]);

    internal enum Wrapping
    {
        Paper,
        Box,
    }

    internal sealed record Line([property: Description("what is bought")] string Item, int Count);

    [Description("orders goods")]
    private static string PlaceOrder(
        [Description("who pays")] string customer, Line[] lines, Wrapping wrapping = Wrapping.Box, double? discount = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var goods = string.Join(" and ", lines.Select(line => $"{line.Count} x {line.Item}"));
        return FormattableString.Invariant($"{goods} in {wrapping} for {customer}, discount {discount ?? 0}");
    }

    [Fact]
    public void AMethodBecomesASchema()
    {
        Assert.Equal("order", Order.Name);
        Assert.Equal("orders goods", Order.Description);
        Assert.Equal(["customer", "lines", "wrapping", "discount"], Order.Parameters);
        var expected = JsonSerializer.Deserialize<JsonElement>("""
            {
              "type": "object",
              "properties": {
                "customer": { "description": "who pays", "type": "string" },
                "lines": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "properties": {
                      "item": { "description": "what is bought", "type": "string" },
                      "count": { "type": "integer" }
                    },
                    "required": ["item", "count"]
                  }
                },
                "wrapping": { "type": "string", "enum": ["Paper", "Box"], "default": "Box" },
                "discount": { "type": ["number", "null"], "default": null }
              },
              "required": ["customer", "lines"]
            }
            """);
        Assert.True(JsonElement.DeepEquals(expected, Order.Schema!.Value), Order.Schema.Value.GetRawText());
    }

    [Fact]
    public void ArgumentsAreBound()
    {
        Assert.Equal(
            "2 x jug and 1 x lamp in Paper for Bob, discount 0.5",
            Invoke("""
                {"customer": "Bob", "lines": [{"item": "jug", "count": 2}, {"item": "lamp", "count": 1}],
                 "wrapping": "Paper", "discount": 0.5}
                """));
        Assert.Equal("1 x jug in Box for 42, discount 0", Invoke("""{"customer": 42, "lines": [{"item": "jug", "count": 1}]}"""));
        // A model that writes only texts is understood by the schema.
        Assert.Equal(
            "1 x jug in Box for Bob, discount 2",
            Invoke("""{"customer": "Bob", "lines": "[{\"item\": \"jug\", \"count\": 1}]", "discount": "2"}"""));
    }

    [Theory]
    [InlineData("""{"lines": []}""", "The argument customer is missing.")]
    [InlineData("""{"customer": "Bob"}""", "The argument lines is missing.")]
    [InlineData("""{"customer": "Bob", "lines": "jug"}""", "The argument lines must be a list, not jug.")]
    [InlineData("""{"customer": "Bob", "lines": [{"item": "jug"}]}""", "The argument lines[0].count is missing.")]
    [InlineData("""{"customer": "Bob", "lines": [{"item": "jug", "count": 1.5}]}""",
        "The argument lines[0].count must be a whole number, not 1.5.")]
    [InlineData("""{"customer": "Bob", "lines": [], "wrapping": "foil"}""", "The argument wrapping must be one of Paper, Box, not foil.")]
    [InlineData("""{"customer": "Bob", "lines": [], "discount": "half"}""", "The argument discount must be a number or null, not half.")]
    [InlineData("""{"customer": "Bob", "lines": [], "colour": "red"}""",
        "There is no argument colour. The arguments are customer, lines, wrapping, discount.")]
    public void WhatDoesNotFitIsToldToTheModel(string arguments, string message) => Assert.Equal(message, Invoke(arguments));

    [Fact]
    public void ResultsThatAreNotTextAreJson()
    {
        Assert.Equal("""{"item":"jug","count":2}""", Run(FunctionTool.Of(() => new Line("jug", 2), "tool")));
        Assert.Equal("""{"item":"café","count":1}""", Run(FunctionTool.Of(() => new Line("café", 1), "tool")));
        Assert.Equal("", Run(FunctionTool.Of(() => { }, "tool")));
        Assert.Equal("[1,2]", Run(FunctionTool.Of(() => new[] { 1, 2 }, "tool")));
        Assert.Equal("later", Run(FunctionTool.Of(async () =>
        {
            await Task.Yield();
            return "later";
        }, "tool")));
    }

    [Fact]
    public void AnExceptionIsToldToTheModel() => Assert.Equal(
        "The tool tool failed: The shelf is empty.",
        Run(FunctionTool.Of(string () => throw new InvalidOperationException("The shelf is empty."), "tool")));

    [Fact]
    public void TheTemplateSeesTheSchema()
    {
        var template = ChatTemplate.Parse("{{ tools[0].function.parameters.properties.lines['items'].required | join(' ') }}");
        Assert.Equal("item count", template.Render([], variables: new Dictionary<string, object?> { ["tools"] = ToolSchemas.Of([Order]) }));
    }

    private static string Run(FunctionTool tool) => new Toolbox([tool]).Invoke(new ToolCall("tool", new Dictionary<string, string>()));

    private static string Invoke(string arguments) =>
        Shop.Invoke(ToolCall.Parse($$"""{"name": "order", "arguments": {{arguments}}}""")!);
}
