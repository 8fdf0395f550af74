using System.Runtime.ExceptionServices;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>
/// Threads that compute in parallel, one core each; on small tensors this is faster than many threads per operation.
/// </summary>
/// <remarks>A team of one has no thread: it works on the caller's, with as many cores an operation as the caller has.</remarks>
public sealed class WorkerTeam : IDisposable
{
    private readonly Worker[] _workers;
    private readonly int _threadsBefore = get_num_threads();

    /// <summary>Starts the threads.</summary>
    /// <param name="count">1 or more.</param>
    public WorkerTeam(int count)
    {
        Count = count;
        _workers = count == 1 ? [] : [.. Enumerable.Range(0, count).Select(i => new Worker(i))];
        foreach (var worker in _workers) worker.End();
    }

    /// <summary>The workers that train a model: on a GPU one, on a CPU as many as the options say.</summary>
    public static WorkerTeam For(Decoder decoder, TrainingOptions options) =>
        new(decoder.Embeddings.device.type == DeviceType.CPU ? options.Workers : 1);

    /// <summary>Workers; 1 or more.</summary>
    public int Count { get; }

    /// <summary>Runs every worker's part and waits for all.</summary>
    /// <param name="work">Receives the worker's number, from 0. Tensors that it returns must be detached from its dispose scope.</param>
    /// <returns>What each worker returned, in the order of their numbers.</returns>
    public T[] Run<T>(Func<int, T> work)
    {
        if (Count == 1) return [work(0)];
        var results = new T[Count];
        foreach (var worker in _workers) worker.Begin(number => results[number] = work(number));
        var failures = _workers.Select(w => w.End()).ToList();
        failures.Find(f => f is not null)?.Throw();
        return results;
    }

    /// <summary>Runs every worker's part and waits for all.</summary>
    public void Run(Action<int> work) => Run(worker =>
    {
        work(worker);
        return true;
    });

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        foreach (var worker in _workers) worker.Dispose();
        // libtorch uses the last number set for new threads, and for OpenBLAS in all threads.
        if (Count > 1) set_num_threads(_threadsBefore);
    }

    private sealed class Worker : IDisposable
    {
        private readonly SemaphoreSlim _begin = new(0);
        private readonly SemaphoreSlim _end = new(0);
        private readonly Thread _thread;
        private readonly int _number;
        private Action<int>? _work;
        private ExceptionDispatchInfo? _failure;

        public Worker(int number)
        {
            _number = number;
            _thread = new Thread(Loop) { IsBackground = true, Name = $"trainer {number}" };
            _thread.Start();
        }

        public void Begin(Action<int> work)
        {
            (_work, _failure) = (work, null);
            _begin.Release();
        }

        public ExceptionDispatchInfo? End()
        {
            _end.Wait();
            return _failure;
        }

        public void Dispose()
        {
            _work = null;
            _begin.Release();
            _thread.Join();
            _begin.Dispose();
            _end.Dispose();
        }

        private void Loop()
        {
            ComputeThreads.TakeOne();
            _end.Release();
            for (_begin.Wait(); _work is { } work; _begin.Wait())
            {
                try
                {
                    work(_number);
                }
                catch (Exception failure)
                {
                    _failure = ExceptionDispatchInfo.Capture(failure);
                }
                _end.Release();
            }
        }
    }
}
