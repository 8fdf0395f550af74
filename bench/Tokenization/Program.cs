// How fast does one thread train, encode and decode, and how much memory does it allocate?
//   dotnet run -c Release --project bench/Tokenization -- TEXT_FILE [TOKENIZER_JSON | gpt-2 | gpt-4 | gpt-4o]
// TEXT_FILE is UTF-8, best a few megabytes of real text. Without a second argument, the benchmark uses the tokenizer that it trains on
// the text. With a model's name it uses that model's vocabulary and compares our tokenizer with the Tiktoken class of
// Microsoft.ML.Tokenizers. MB are 10^6 bytes of UTF-8. CPU seconds are the process's own, which other processes on a busy machine hardly
// change. Times are the best of five runs; allocated bytes are those of the last run.
using System.Diagnostics;
using System.Text;
using LlmRabbitHoles.Text.Tests;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

if (args.Length is 0 or > 2 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("usage: TEXT_FILE [TOKENIZER_JSON | gpt-2 | gpt-4 | gpt-4o]");
    return 2;
}

var text = File.ReadAllText(args[0]);
var megabytes = Encoding.UTF8.GetByteCount(text) / 1e6;
var lines = text.Split('\n');
Console.WriteLine($"{args[0]}: {megabytes:F1} MB, {Environment.ProcessorCount} processors");
Console.WriteLine($"{"",-32}{"MB/s",10}{"MB/CPU s",12}{"MB allocated",14}");
if (args.Length == 2 && PublishedVocabulary.Names.Contains(args[1]))
{
    var vocabulary = PublishedVocabulary.Of(args[1]);
    if (!vocabulary.Ours.Encode(text).SequenceEqual(vocabulary.Tiktoken.EncodeToIds(text)))
        Console.WriteLine("note: the two tokenizers give different ids");
    Measure("ours", vocabulary.Ours);
    Measure("Tiktoken", vocabulary.Tiktoken);
}
else
{
    var options = new BpeTrainingOptions { VocabularySize = 4096, SpecialTokens = ["<|endoftext|>"] };
    var tokenizer = Time("train to 4096", 1, () => BpeTrainer.Train(lines.Select(line => line + "\n"), options));
    if (args.Length == 2) tokenizer = Time("load, MB of file", 5, () => ByteLevelBpe.Load(args[1]), new FileInfo(args[1]).Length / 1e6);
    Measure("ours", tokenizer);
}

var (from, to) = (new byte[(int)(megabytes * 1e6)], new byte[(int)(megabytes * 1e6)]);
from.AsSpan().Fill(1);
Time("memory copy (upper limit)", 5, () => from.AsSpan().TryCopyTo(to));
return 0;

void Measure(string name, Tokenizer tokenizer)
{
    var ids = tokenizer.Encode(text);
    if (tokenizer.Decode(ids) != text)
        Console.WriteLine("note: decoding does not give the text back, because this tokenizer normalizes text");
    Console.WriteLine($"{name}: {ids.Length} tokens, {megabytes * 1e6 / ids.Length:F2} bytes per token");
    Time($"{name}: encode, one text", 5, () => tokenizer.EncodeToIds(text));
    Time($"{name}: encode, line by line", 5, () => lines.Sum(line => tokenizer.EncodeToIds(line).Count));
    Time($"{name}: encode with offsets", 5, () => tokenizer.EncodeToTokens(text, out _));
    Time($"{name}: count", 5, () => tokenizer.CountTokens(text));
    Time($"{name}: decode", 5, () => tokenizer.Decode(ids));
    Time($"{name}: decode as a stream", 5, () => Stream(tokenizer, ids));
}

T Time<T>(string name, int times, Func<T> work, double? size = null)
{
    var (wall, cpu, allocated) = (double.MaxValue, double.MaxValue, 0L);
    var result = default(T);
    for (var i = 0; i < times; i++)
    {
        var (clock, processor, before) =
            (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime, GC.GetAllocatedBytesForCurrentThread());
        result = work();
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        wall = Math.Min(wall, Stopwatch.GetElapsedTime(clock).TotalSeconds);
        cpu = Math.Min(cpu, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
    }

    Console.WriteLine($"{name,-32}{(size ?? megabytes) / wall,10:F1}{(size ?? megabytes) / cpu,12:F1}{allocated / 1e6,14:F2}");
    return result!;
}

static int Stream(Tokenizer tokenizer, int[] ids)
{
    var decoder = tokenizer.CreateDecoder();
    var characters = 0;
    foreach (var id in ids) characters += decoder.Add(id).Length;
    return characters + decoder.Flush().Length;
}
