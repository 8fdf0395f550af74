using System.CommandLine;
using LlmRabbitHoles.Agents;
using LlmRabbitHoles.Alice;

namespace LlmRabbitHoles.CommandLine;

/// <summary>A conversation with the model.</summary>
internal sealed class ChatCommand : RabbitCommand
{
    private readonly ModelOptions _model = new();
    private readonly SamplingOptionSet _sampling = new();
    private readonly Option<string?> _system = new("--system") { Description = "What the model is told first.", HelpName = "TEXT" };

    private readonly Option<bool> _tools = new("--tools")
    {
        Description = "Whether a model that was taught to call tools has a calculator, a clock and a look-up from the beginning. " +
            "Default: false; /tools switches them.",
        HelpName = "true|false",
    };

    private readonly Option<int?> _thinking = new("--thinking-budget")
    {
        Description = "Tokens that the model may spend on thoughts in each turn; then its thought is closed. Default: any number.",
        HelpName = "N",
    };

    private readonly Option<bool> _figures = new("--figures")
    {
        Description = "Print the figures of each answer on stderr, as on a terminal: tokens read and written, and their time.",
    };

    public ChatCommand()
        : base(
            "chat", "Talk with the model. /help lists what can be said to the program, such as /tools, /reset and /save FILE.",
            "./rabbit chat",
            "./rabbit chat --tools",
            "./rabbit chat --system \"Answer in one word.\"",
            "printf 'What is the capital of Italy?\\n' | ./rabbit chat")
    {
        _model.AddTo(this);
        _sampling.AddTo(this);
        Add(_system);
        Add(_tools);
        _thinking.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var tokens) && tokens >= 0))
                result.AddError($"'{token.Value}' is not a thinking budget. Use a whole number, 0 or more.");
        });
        Add(_thinking);
        Add(_figures);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (model, _) = _model.Load(parsed);
        using var owned = model;
        if (!model.HasTokenizer || !model.HasChatTemplate)
            throw new WorkFailedException($"The model in '{model.Folder}' has no chat template. Use ./rabbit generate --prompt TEXT.");
        var toolbox = model.ChatFormat.CanCall ? AliceTools.All : Toolbox.Empty;
        using var session = new ChatSession(
            model, _sampling.For(parsed, model), parsed.GetValue(_system), toolbox, parsed.GetValue(_tools))
        {
            ThinkingBudget = parsed.GetValue(_thinking),
            WithFigures = parsed.GetValue(_figures),
        };
        return await session.RunAsync(cancellation);
    }
}
