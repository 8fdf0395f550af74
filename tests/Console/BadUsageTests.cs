namespace LlmRabbitHoles.CommandLine.Tests;

/// <summary>What cannot be meant is refused with exit code 2 and one sentence, before any model is loaded.</summary>
public sealed class BadUsageTests
{
    [Theory]
    [InlineData("'--nonsense' is unknown", "generate", "--nonsense", "1")]
    [InlineData("'--nonsense' is unknown", "--nonsense")]
    [InlineData("did you mean generate?", "generat")]
    [InlineData("'nonsense' is no command", "nonsense")]
    [InlineData("--prompt", "generate", "--prompt")]
    [InlineData("Say what the model reads", "generate")]
    [InlineData("exclude each other", "generate", "--prompt", "x", "--chat", "y")]
    [InlineData("exclude each other", "logits", "--prompt", "x", "--tokens", "1")]
    [InlineData("--system needs --chat", "generate", "--prompt", "x", "--system", "y")]
    [InlineData("'x', which is not a token id", "generate", "--tokens", "1,x")]
    [InlineData("--temperature is '-1'; it must be 0 or more", "generate", "--prompt", "x", "--temperature", "-1")]
    [InlineData("--temperature is 'warm'", "generate", "--prompt", "x", "--temperature", "warm")]
    [InlineData("--top-k is '0'", "generate", "--prompt", "x", "--top-k", "0")]
    [InlineData("--top-p is '1.5'", "generate", "--prompt", "x", "--top-p", "1.5")]
    [InlineData("--min-p is '-0.1'", "generate", "--prompt", "x", "--min-p", "-0.1")]
    [InlineData("--repetition-penalty is '0'", "generate", "--prompt", "x", "--repetition-penalty", "0")]
    [InlineData("--max-tokens is '0'", "generate", "--prompt", "x", "--max-tokens", "0")]
    [InlineData("--stop is empty", "generate", "--prompt", "x", "--stop", "")]
    [InlineData("--format is 'xml'; it must be text or json", "generate", "--prompt", "x", "--format", "xml")]
    [InlineData("--device is 'tpu'; it must be cpu, cuda or auto", "generate", "--prompt", "x", "--device", "tpu")]
    [InlineData("--top is 'many'", "logits", "--prompt", "x", "--top", "many")]
    [InlineData("--ability is 'cooking'; it must be one of", "eval", "--ability", "cooking")]
    [InlineData("--cases is '0'", "eval", "--cases", "0")]
    [InlineData("--format is 'xml'; it must be table or json", "eval", "--format", "xml")]
    [InlineData("--text", "tokenize")]
    [InlineData("--timeout is '0'", "run", "--timeout", "0")]
    [InlineData("'--nonsense' is unknown", "run", "--nonsense")]
    [InlineData("--stdio", "kernel")]
    public void IsRefusedWithOneSentence(string because, params string[] args) => Rabbit.Run(args).IsRefused(2, because);
}
