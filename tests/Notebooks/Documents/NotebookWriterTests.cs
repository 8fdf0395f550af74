using System.Text;
using System.Text.Json.Nodes;
using LlmRabbitHoles.Notebooks.Documents;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class NotebookWriterTests
{
    /// <summary>As Jupyter's own writer gives it (json.dumps with indent=1, sort_keys=True, ensure_ascii=False, and a newline).</summary>
    private const string AsJupyterWritesIt = """
        {
         "cells": [
          {
           "attachments": {
            "a.png": {
             "image/png": "aGk="
            }
           },
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {
            "tool": {
             "kept": [
              1,
              2.50,
              null,
              true
             ]
            }
           },
           "source": [
            "# Größe 🐇\n",
            "\"quoted\" \\ \u0001\t"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 1,
           "id": "c1",
           "metadata": {},
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "one\n",
              "two"
             ]
            },
            {
             "data": {
              "application/vnd.plotly.v1+json": {
               "data": [],
               "layout": {}
              },
              "image/png": "aGk=\n",
              "text/html": [
               "<b>\n",
               "</b>"
              ],
              "text/plain": [
               "b"
              ]
             },
             "metadata": {
              "isolated": true
             },
             "output_type": "display_data"
            },
            {
             "data": {
              "text/plain": [
               "42"
              ]
             },
             "execution_count": 1,
             "metadata": {},
             "output_type": "execute_result"
            },
            {
             "ename": "E",
             "evalue": "v",
             "output_type": "error",
             "traceback": [
              "E: v",
              "   at cell 1, line 1"
             ]
            }
           ],
           "source": []
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "unknown": {
           "a": {},
           "b": []
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void RoundTripKeepsEveryByteOfJupytersOwnText()
    {
        var notebook = NotebookReader.Parse(Encoding.UTF8.GetBytes(AsJupyterWritesIt), "n.ipynb");
        Assert.Equal(AsJupyterWritesIt, NotebookWriter.ToText(notebook));
    }

    [Fact]
    public void RoundTripKeepsUnknownMetadata()
    {
        const string json = """
            {"nbformat":4,"later":{"x":1},"metadata":{"m":[1]},
             "cells":[{"cell_type":"code","id":"q","metadata":{"t":"u"},"source":"","novel":7}]}
            """;
        var root = JsonNode.Parse(NotebookWriter.ToText(NotebookReader.Parse(Encoding.UTF8.GetBytes(json), "n.ipynb")))!;
        Assert.Equal("""{"x":1}""", root["later"]!.ToJsonString());
        Assert.Equal("""{"m":[1]}""", root["metadata"]!.ToJsonString());
        Assert.Equal("""{"t":"u"}""", root["cells"]![0]!["metadata"]!.ToJsonString());
        Assert.Equal("q", (string?)root["cells"]![0]!["id"]);
        Assert.Equal(7, (int?)root["cells"]![0]!["novel"]);
    }

    [Fact]
    public void ANewNotebookHasTheMetadataOfTheSeries()
    {
        var notebook = Notebook.CreateCSharp();
        notebook.Cells.Add(Notebook.CreateCodeCell("a", "1"));
        var root = JsonNode.Parse(NotebookWriter.ToText(notebook))!;
        Assert.Equal(".net-csharp", (string?)root["metadata"]!["kernelspec"]!["name"]);
        Assert.Equal("C#", (string?)root["metadata"]!["kernelspec"]!["language"]);
        Assert.Equal("csharp", (string?)root["metadata"]!["language_info"]!["name"]);
        Assert.Equal("csharp", (string?)root["cells"]![0]!["metadata"]!["polyglot_notebook"]!["kernelName"]);
    }

    [Fact]
    public void WritingCreatesTheFoldersAndLeavesNoTemporaryFile()
    {
        using var folder = new ScratchFolder();
        var path = Path.Combine(folder.Path, "a", "b", "n.ipynb");
        NotebookWriter.Write(Notebook.CreateCSharp(), path);
        NotebookWriter.Write(Notebook.CreateCSharp(), path);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Empty(NotebookReader.Read(path).Cells);
    }

    [Fact]
    public void AFailedWriteLeavesNoTemporaryFile()
    {
        using var folder = new ScratchFolder();
        var path = Path.Combine(folder.Path, "n.ipynb");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<Exception>(() => NotebookWriter.Write(Notebook.CreateCSharp(), path));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
