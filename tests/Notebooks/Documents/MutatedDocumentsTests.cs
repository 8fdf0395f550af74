using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Tiers;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Notebooks.Tests;

/// <summary>
/// Thousands of damaged notebooks and tiers: each is read, or refused with the
/// exception that the reader documents and with the file's name.
/// </summary>
public sealed class MutatedDocumentsTests
{
    private const int Mutations = 2000;

    [Fact]
    public void DamagedNotebooksAreReadOrRefusedByName()
    {
        var original = """
            {"cells": [
              {"cell_type": "code", "id": "a", "execution_count": 1,
               "metadata": {"tags": ["varies"], "polyglot_notebook": {"kernelName": "csharp"}}, "source": ["1\n", "2"],
               "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"},
                {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
                {"output_type": "execute_result", "execution_count": 1, "metadata": {},
                 "data": {"text/plain": ["1"], "application/json": {"a": [1]}}}]},
              {"cell_type": "markdown", "id": "b", "metadata": {}, "source": "text", "attachments": {"p.png": {"image/png": "AA"}}}],
             "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}},
             "nbformat": 4, "nbformat_minor": 5}
            """u8.ToArray();
        var mutator = new JsonMutator(seed: 8);
        for (var i = 0; i < Mutations; i++)
        {
            var damaged = mutator.Damage(original);
            var refused = Record.Exception(() => Use(NotebookReader.Parse(damaged, "damaged.ipynb")));
            if (refused is null) continue;
            Assert.True(refused is NotebookFormatException, refused.ToString());
            Assert.Contains("'damaged.ipynb'", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DamagedTiersAreReadOrRefusedByName()
    {
        using var folder = new ScratchFolder();
        folder.Write("tiers/tier0.json",
            """{"tier":0,"holes":[{"id":"root","title":"R","question":"?","notebook":"planned","parent":null,"prerequisites":[]}]}""");
        var original = """
            {"tier":1,"holes":[
              {"id":"a","title":"T","question":"?","notebook":"planned","parent":"root","prerequisites":[]},
              {"id":"b","title":"U","question":"?","notebook":"n","parent":"root","prerequisites":["a"]}]}
            """u8.ToArray();
        var glossary = """
            {"terms":[{"term":"token","hole":"root","means":"A piece.","also":["tokens"]},
                      {"term":"logit","hole":"root","means":"A score."}]}
            """u8.ToArray();
        var (mutator, tier) = (new JsonMutator(seed: 9), folder.Write("tiers/tier1.json", "{}"));
        var words = folder.Write("tiers/glossary.json", "{}");
        for (var i = 0; i < Mutations; i++)
        {
            File.WriteAllBytes(tier, mutator.Damage(original));
            File.WriteAllBytes(words, mutator.Damage(glossary));
            var refused = Record.Exception(() => Glossary.Load(folder.Path, Curriculum.Load(folder.Path)));
            Assert.True(refused is null or CurriculumException, refused?.ToString());
        }
    }

    // Uses everything that readers of a notebook use.
    private static void Use(Notebook notebook)
    {
        foreach (var cell in notebook.Cells) _ = (cell.Tags.Count, (cell as CodeCell)?.Language);
        NotebookWriter.ToText(notebook);
    }
}
