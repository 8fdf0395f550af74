using System.Numerics.Tensors;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling.Constraints;

namespace LlmRabbitHoles.Agents.Skills;

/// <summary>Skills to choose from: a model is asked, or calls a tool, or the nearest description is taken.</summary>
/// <param name="skills">Their names differ.</param>
public sealed class SkillShelf(IReadOnlyList<Skill> skills)
{
    private const string None = "none";

    /// <summary>The skills, in order.</summary>
    public IReadOnlyList<Skill> Skills { get; } = skills;

    /// <summary>The skill of a name; null if there is none.</summary>
    public Skill? Find(string name) => Skills.FirstOrDefault(skill => skill.Name == name);

    /// <summary>Asks a model which skill a task needs; a grammar binds its answer to the names and "none".</summary>
    /// <param name="model">Has a tokenizer and a chat template.</param>
    /// <param name="task">What is to be done.</param>
    /// <param name="mayChooseNone">Whether "none" is offered. Default true.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The skill; null for none.</returns>
    public Skill? Choose(LanguageModel model, string task, bool mayChooseNone = true, CancellationToken cancellationToken = default)
    {
        var names = Skills.Select(skill => skill.Name).Concat(mayChooseNone ? [None] : Array.Empty<string>());
        var grammar = Grammar.Parse($"root ::= {string.Join(" | ", names.Select(name => $"\"{name}\""))}");
        var lines = Skills.Select(skill => $"{skill.Name}: {skill.Description}")
            .Concat(mayChooseNone ? [$"{None}: no skill is needed"] : Array.Empty<string>());
        var question = $"Which skill does the task need? Answer with its name.\n{string.Join('\n', lines)}\nTask: {task}";
        var chooser = new AgentLoop(model, Toolbox.Empty)
        {
            MayThink = false,
            Options = new GenerationOptions { Grammar = grammar, MaxTokens = 64 },
        };
        return Find(chooser.Run([new ChatMessage("user", question)], cancellationToken).Answer);
    }

    /// <summary>The skill whose description is nearest to the task, by the cosine of their vectors.</summary>
    /// <param name="embed">A text's vector, of length 1.</param>
    /// <param name="task">What is to be done.</param>
    /// <param name="least">The least cosine. Default -1: the nearest one, however far it is.</param>
    /// <returns>The skill; null where none is near enough.</returns>
    public Skill? Nearest(Func<string, float[]> embed, string task, double least = -1)
    {
        ArgumentNullException.ThrowIfNull(embed);
        var wanted = embed(task);
        var (nearest, cosine) = Skills.Select(skill => (skill, Cosine: TensorPrimitives.Dot<float>(wanted, embed(skill.Description))))
            .OrderByDescending(pair => pair.Cosine).FirstOrDefault();
        return nearest is not null && cosine >= least ? nearest : null;
    }

    /// <summary>A conversation with a skill's instructions in its system message.</summary>
    /// <param name="skill">The skill; null leaves the conversation as it is.</param>
    /// <param name="messages">The conversation.</param>
    public static IReadOnlyList<ChatMessage> Load(Skill? skill, IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (skill is null) return messages;
        return messages.Count > 0 && messages[0] is { Role: "system" } system
            ? [system with { Content = $"{system.Content}\n{skill.Instructions}" }, .. messages.Skip(1)]
            : [new ChatMessage("system", skill.Instructions), .. messages];
    }

    /// <summary>Tools with which a model reads skills when it needs them: <c>skill</c> and <c>skill_file</c>.</summary>
    public IReadOnlyList<ITool> Tools() =>
    [
        new SkillTool(
            "skill", $"reads the instructions of a skill: {string.Join("; ", Skills.Select(s => $"{s.Name} ({s.Description})"))}", ["name"],
            arguments => Named(arguments["name"]).Instructions),
        new SkillTool(
            "skill_file", "reads a file of a skill", ["name", "path"], arguments => Named(arguments["name"]).ReadFile(arguments["path"])),
    ];

    private Skill Named(string name) => Find(name)
        ?? throw new SkillException($"There is no skill {name}. The skills are {string.Join(", ", Skills.Select(skill => skill.Name))}.");

    private sealed class SkillTool(
        string name, string description, IReadOnlyList<string> parameters, Func<IReadOnlyDictionary<string, string>, string> read) : ITool
    {
        public string Name => name;

        public string Description => description;

        public IReadOnlyList<string> Parameters => parameters;

        public string Invoke(IReadOnlyDictionary<string, string> arguments)
        {
            try
            {
                return read(arguments);
            }
            catch (SkillException error)
            {
                throw new ToolException(error.Message, error);
            }
        }
    }
}
