using LlmRabbitHoles.Agents;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>Somebody who is asked the cases of an ability: a model, or a script in a test. Works on one thread.</summary>
public interface IAnswerer
{
    /// <summary>Answers one case.</summary>
    /// <param name="test">Its messages, its tools, and whether thinking is allowed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Generation.PromptException">The case does not fit into the context.</exception>
    Transcript Answer(AbilityCase test, CancellationToken cancellationToken);
}
