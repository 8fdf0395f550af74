using System.Runtime.ExceptionServices;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>
/// Threads that compute in parallel on one core each. On small tensors this is faster than many threads for one operation.
/// </summary>
/// <remarks>
/// A team of one has no thread of its own. It works on the caller's thread, with the caller's cores for each operation. Beside a larger
/// team the caller's operations take one core too: libgomp would spin for a second one, which a busy machine has given to others.
/// </remarks>
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
        if (count > 1) ComputeThreads.TakeOne();
    }

    /// <summary>The team that trains a model: one worker on a GPU, <see cref="TrainingOptions.Workers"/> on a CPU.</summary>
    public static WorkerTeam For(Decoder decoder, TrainingOptions options) =>
        new(decoder.Embeddings.device.type == DeviceType.CPU ? options.Workers : 1);

    /// <summary>The number of workers, 1 or more.</summary>
    public int Count { get; }

    /// <summary>Runs the work once on every worker and waits for all of them. The first failure is thrown again.</summary>
    /// <param name="work">Receives the worker's number, from 0. Tensors that it returns must be detached from its dispose scope.</param>
    /// <returns>The results in the order of the workers' numbers.</returns>
    public T[] Run<T>(Func<int, T> work)
    {
        if (Count == 1) return [work(0)];
        var results = new T[Count];
        foreach (var worker in _workers) worker.Begin(number => results[number] = work(number));
        var failures = _workers.Select(w => w.End()).ToList();
        failures.Find(f => f is not null)?.Throw();
        return results;
    }

    /// <summary>Runs the work once on every worker and waits for all of them.</summary>
    public void Run(Action<int> work) => Run(worker =>
    {
        work(worker);
        return true;
    });

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        foreach (var worker in _workers) worker.Dispose();
        // The thread count that was set last also applies to new threads and to all of OpenBLAS, so restore it.
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
