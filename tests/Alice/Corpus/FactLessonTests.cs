using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.Alice.Tests;

public class FactLessonTests
{
    private static readonly (World World, Wordings Wordings) Parts = (World.Alice, Wordings.All);
    private static readonly FactQuestions Questions = new(Parts.World, Parts.Wordings);

    [Fact]
    public void EveryAnswerHoldsTheFact()
    {
        var random = new Random(1);
        foreach (var fact in random.Cycle(Parts.World.Facts).Take(20_000))
        {
            var (question, answer) = Questions.Ask(fact, random);
            Assert.True(
                answer.HasWords(fact.Answer) || (answer.Contains(" is not in ", StringComparison.Ordinal) && answer.HasWords(fact.Subject)),
                $"{fact.Topic}: {question} => {answer}");
            Assert.DoesNotContain("  ", question, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NoKeptWordingIsAskedInTraining()
    {
        var kept = Parts.World.Facts.Where(fact => Parts.Wordings.Has(fact.HeldOut))
            .SelectMany(fact => Parts.Wordings.EachOf(fact.HeldOut, fact.Slots))
            .Concat(Glossary.Trivia.Entries.SelectMany(entry => entry.HeldOut))
            .Concat(Glossary.Definitions.Entries
                .SelectMany(entry => Parts.Wordings.EachOf("definition.held-out", GlossaryChats.SlotsOf(entry))))
            .Select(CorpusBuilder.Normalized).ToHashSet();
        Assert.DoesNotContain(
            Users(new FactChats(Parts.World, Parts.Wordings), 20_000).Concat(Users(new GlossaryChats(Parts.Wordings), 5000)),
            question => kept.Contains(CorpusBuilder.Normalized(question)));
    }

    // Distinct questions for one subject among 10,000 draws; before frames there were fewer than 40 for a capital.
    [Theory]
    [InlineData("country.capital", "Italy", 6000)]
    [InlineData("animal.food", "owl", 5500)]
    [InlineData("thing.price", "cup", 5500)]
    [InlineData("person.job", "Oscar", 6000)]
    [InlineData("person.brother", "Nora", 5500)]
    [InlineData("word.opposite", "hot", 6000)]
    [InlineData("coloured.colour", "snow", 5500)]
    public void OneFactIsAskedInThousandsOfPhrasings(string topic, string subject, int fewest)
    {
        var random = new Random(2);
        var fact = Parts.World.Facts.Single(fact => fact.Topic == topic && fact.Subject == subject);
        Assert.InRange(Enumerable.Range(0, 10_000).Select(_ => Questions.Ask(fact, random).Question).Distinct().Count(), fewest, 10_000);
    }

    [Fact]
    public void TwoQuestionsGetTwoSentences()
    {
        var (talk, random) = (new FactTalk(Parts.World, Parts.Wordings), new Random(3));
        var sentences = Parts.World.Facts.Select(Questions.Sentence).ToHashSet();
        foreach (var fact in random.Cycle(Parts.World.Facts).Where(fact => Questions.HasWord(fact)).Take(1000))
        {
            var (question, answer) = talk.Two(fact, random);
            var first = Questions.Sentence(fact);
            Assert.True(answer.StartsWith(first + " ", StringComparison.Ordinal), $"{question} => {answer}");
            Assert.Contains(answer[(first.Length + 1)..], sentences);
        }
    }

    [Fact]
    public void WhoMeansAnotherIsAnsweredAboutThatOne()
    {
        var (talk, random) = (new FactTalk(Parts.World, Parts.Wordings), new Random(4));
        var corrections = Parts.World.Facts.Where(fact => fact.Topic == "country.capital")
            .SelectMany(fact => Enumerable.Range(0, 20).SelectMany(_ => talk.Next(fact, 1, random).Skip(1)))
            .Where(exchange => exchange.Question.Contains("I meant ", StringComparison.Ordinal)
                && exchange.Answer != Unknowns.Answer).ToArray();
        Assert.NotEmpty(corrections);
        Assert.All(corrections, exchange => Assert.Contains(Parts.World.Facts, fact =>
            fact.Topic == "country.capital" && exchange.Answer == Questions.Sentence(fact)
                && exchange.Question.Contains(fact.Subject.Replace("the ", "", StringComparison.Ordinal), StringComparison.Ordinal)));
    }

    [Fact]
    public void ADoubtIsAnsweredWithTheFact()
    {
        var spain = Parts.World.Facts.Single(fact => fact.Topic == "country.capital" && fact.Subject == "Spain");
        var snow = Parts.World.Facts.Single(fact => fact.Topic == "coloured.colour" && fact.Subject == "snow");
        var arthur = Parts.World.Facts.Single(fact => fact.Topic == "person.job" && fact.Subject == "Arthur");
        Assert.Equal("Yes, the capital of Spain is Madrid.", Questions.Confirmed(spain));
        Assert.Equal("Yes, snow is white.", Questions.Confirmed(snow));
        Assert.Equal("Yes, Arthur is a baker.", Questions.Confirmed(arthur));
        Assert.Equal("Madrid.", FactQuestions.Word(spain));
    }

    [Fact]
    public void OnlyKnownSubjectsAreAnsweredAmongUnknownOnes()
    {
        string[] known = [.. Parts.World.Facts.Select(fact => fact.Subject), .. Parts.World.Facts.Select(fact => fact.Slots)
            .SelectMany(slots => new[] { "plural", "people" }.Where(slots.ContainsKey).Select(name => slots[name]))
            .Where(name => name.Length > 0)];
        foreach (var chat in new Unknowns(Parts.World, Parts.Wordings).Generate(new Random(5)).Take(3000))
        {
            for (var at = 1; at < chat.Messages.Count; at++)
            {
                if (chat.Messages[at].Role != "assistant" || chat.Messages[at].Content == Unknowns.Answer) continue;
                var question = chat.Messages[at - 1].Content;
                Assert.True(known.Any(name => question.Contains(name.Replace("the ", "", StringComparison.Ordinal),
                    StringComparison.OrdinalIgnoreCase)), question);
            }
        }
    }

    [Fact]
    public void WhatLiesOutsideHerWorldIsAnsweredWithWhatSheCan()
    {
        var random = new Random(6);
        var asked = Enumerable.Range(0, 5000).Select(_ => Parts.Wordings.Ask("dialogue.cannot", [], random)).ToArray();
        Assert.All(asked, exchange => Assert.StartsWith("I can only ", exchange.Answer, StringComparison.Ordinal));
        Assert.InRange(asked.Select(exchange => exchange.Question).Distinct().Count(), 3500, 5000);
    }

    [Theory]
    [InlineData("How many days does a week have?", "how many days a week has")]
    [InlineData("Why do birds fly south?", "why birds fly south")]
    [InlineData("What is the largest planet?", "what the largest planet is")]
    [InlineData("Why is the sky blue?", "why the sky is blue")]
    [InlineData("Which planet is the biggest?", "which planet is the biggest")]
    [InlineData("What does a language model do?", "what a language model does")]
    [InlineData("Name the seasons.", null)]
    public void AQuestionBecomesAClause(string question, string? clause) => Assert.Equal(clause, IndirectQuestion.Clause(question));

    private static IEnumerable<string> Users(IDocumentSource source, int count) => source.Generate(new Random(7))
        .SelectMany(chat => chat.Messages).Where(message => message.Role == "user").Select(message => message.Content).Take(count);
}
