using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Kernel;
using LlmRabbitHoles.Notebooks.Session.Language;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class EventLineFacts
{
    public static TheoryData<KernelEvent> Events =>
    [
        new KernelReady(1, 99),
        new CellStarted("a"),
        new CellShowed("a", new StreamOutput("stderr", "x\n")),
        new CellFinished("a", false, null, TimeSpan.FromMilliseconds(1.5)),
        new CellUnstoppable("a", "m"),
        new RequestRefused("m"),
        new Inspected("a", null),
        new Inspected("a", new Inspection("int x", "d", "`d`")),
        new CompletenessTold("a", new Completeness(CompletenessStatus.Incomplete, "    ")),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void WhatIsWrittenIsRead(KernelEvent one) => Assert.Equal([one], EventLine.Read(EventLine.Write(one)));

    [Fact]
    public void ADisplayKeepsItsRepresentations()
    {
        var display = new DisplayOutput(new MimeBundle { { "text/html", "<b>" }, { "application/json", new System.Text.Json.Nodes.JsonArray(1) } }, []);
        var line = EventLine.Write(new CellShowed("a", display));
        Assert.Equal("""{"type":"display","id":"a","data":{"text/html":"<b>","application/json":[1]},"metadata":{}}""", line);
        Assert.Equal(line, EventLine.Write(Assert.Single(EventLine.Read(line))));
    }

    [Theory]
    [InlineData(false, "display")]
    [InlineData(true, "update")]
    public void ADisplayThatCanBeUpdatedHasAName(bool isUpdate, string type)
    {
        var display = new DisplayOutput(new MimeBundle { { "text/plain", "1" } }, []) { DisplayId = "d", IsUpdate = isUpdate };
        var line = EventLine.Write(new CellShowed("a", display));
        Assert.Equal($$"""{"type":"{{type}}","id":"a","data":{"text/plain":"1"},"metadata":{},"display_id":"d"}""", line);
        Assert.Equal(line, EventLine.Write(Assert.Single(EventLine.Read(line))));
    }

    [Fact]
    public void CompletionsReadAsTheExtensionExpectsThem()
    {
        var found = new CompletionsFound("a", new CompletionList(8, 11, [new CompletionItem("Write", "method", "void Write()")]));
        var line = EventLine.Write(found);
        Assert.Equal("""{"type":"completions","id":"a","start":8,"end":11,"items":[{"text":"Write","kind":"method","detail":"void Write()"}]}""", line);
        Assert.Equal(line, EventLine.Write(Assert.Single(EventLine.Read(line))));
    }

    [Theory]
    [InlineData("native words")]
    [InlineData("{\"type\":\"of another program\"}")]
    [InlineData("{\"type\":\"stream\"}")]
    [InlineData("{\"type\":\"fin")]
    [InlineData("")]
    public void ALineThatIsNoEventIsNativeOutput(string line) =>
        Assert.Equal([new CellShowed(null, new StreamOutput("stdout", line + "\n"))], EventLine.Read(line));

    [Fact]
    public void AnEventAfterNativeOutputOnOneLineIsFound() => Assert.Equal(
        [new CellShowed(null, new StreamOutput("stdout", "50% ")), new CellStarted("a")], EventLine.Read("50% {\"type\":\"started\",\"id\":\"a\"}"));

    [Theory]
    [InlineData("no json", "A request must be a JSON object on one line")]
    [InlineData("[]", "A request must be a JSON object on one line")]
    [InlineData("{}", "The request has no text 'type'")]
    [InlineData("{\"type\":\"execute\",\"id\":\"a\"}", "The request has no text 'code'")]
    [InlineData("{\"type\":\"dance\"}", "The request's type is 'dance'; it must be execute, complete, inspect, isComplete, interrupt or shutdown")]
    public void AForeignRequestIsRefusedWithItsReason(string line, string reason) =>
        Assert.StartsWith(reason, Assert.Throws<FormatException>(() => KernelRequest.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void AQuestionIsReadAsTheExtensionWritesIt()
    {
        Assert.Equal(new CompleteRequest("a", "Con", 3), KernelRequest.Parse("""{"type":"complete","id":"a","code":"Con","cursor":3}"""));
        Assert.Equal(new InspectRequest("a", "Con", 3), KernelRequest.Parse("""{"type":"inspect","id":"a","code":"Con","cursor":3}"""));
        Assert.Equal(new IsCompleteRequest("a", "{"), KernelRequest.Parse(new IsCompleteRequest("a", "{").ToLine()));
        var thrown = Assert.Throws<FormatException>(() => KernelRequest.Parse("""{"type":"complete","id":"a","code":"Con"}"""));
        Assert.Equal("The request has no whole number 'cursor'.", thrown.Message);
    }

    [Fact]
    public void ARequestIsReadAsItWasWritten() =>
        Assert.Equal(new ExecuteRequest("a", "1\n\"2\""), KernelRequest.Parse(new ExecuteRequest("a", "1\n\"2\"").ToLine()));
}
