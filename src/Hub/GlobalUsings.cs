global using LlmRabbitHoles.Reading;
