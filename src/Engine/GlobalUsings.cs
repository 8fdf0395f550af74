global using LlmRabbitHoles.Reading;
global using TorchSharp.Modules;
global using TorchSharp.Utils;
global using TorchSharp;
global using static TorchSharp.torch;

