using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace LlmRabbitHoles.Caching.Paging;

/// <summary>
/// Pages in three places: a few on the device, more in host memory, the rest in a file. The page used longest ago moves out.
/// </summary>
/// <remarks>A layer's page is read from the file in the background while the layer before it computes. Sheng et al. 2023,
/// arXiv:2303.06865 (FlexGen), section 4.</remarks>
internal sealed class OffloadedPages : IPageStorage
{
    private readonly CacheShape _shape;
    private readonly int _pageSize, _onDevice, _inHost;
    private readonly long[] _sizes;
    private readonly int _pageBytes;
    private readonly RecentlyUsed<Tensor> _device = new();
    private readonly RecentlyUsed<byte[]> _host = new();
    private readonly HashSet<(int Layer, int Page)> _inFile = [];
    private readonly Dictionary<(int Layer, int Page), Task<byte[]>> _coming = [];
    private readonly SafeFileHandle _file;
    private readonly Stopwatch _waiting = new();
    private long _toHost, _toDevice, _toFile, _fromFile;

    /// <param name="shape">What each token needs.</param>
    /// <param name="pageSize">Tokens per page.</param>
    /// <param name="onDevice">Pages of one layer that stay on the device; at least 2.</param>
    /// <param name="inHost">Pages of one layer that stay in host memory.</param>
    public OffloadedPages(CacheShape shape, int pageSize, int onDevice, int inHost)
    {
        (_shape, _pageSize, _onDevice, _inHost) = (shape, pageSize, Math.Max(2, onDevice), inHost);
        _sizes = [2, shape.KeyValueHeads, pageSize, shape.HeadDim];
        using var one = zeros(1, shape.Dtype);
        _pageBytes = checked((int)(_sizes.Aggregate(1L, (all, size) => all * size) * one.element_size()));
        _file = File.OpenHandle(
            Path.Combine(Path.GetTempPath(), $"rabbit-cache-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            FileOptions.DeleteOnClose);
    }

    public int Layers => _shape.Layers;

    public int BlockSlots => _pageSize;

    public long BytesPerSlot => (long)_pageBytes / _pageSize * _shape.Layers;

    public long ReservedBytes => (long)_device.Count * _pageBytes;

    /// <summary>What was moved so far, and how long a caller waited for it.</summary>
    public OffloadReport Report => new(_toHost, _toDevice, _toFile, Interlocked.Read(ref _fromFile), _waiting.Elapsed);

    public void Reserve(long slots)
    {
    }

    public void Write(int layer, long slot, Tensor keys, Tensor values)
    {
        var page = (layer, (int)(slot / _pageSize));
        using var scope = NewDisposeScope();
        var room = OnDevice(page).narrow(2, slot % _pageSize, keys.shape[1]);
        room[0].copy_(keys);
        room[1].copy_(values);
        _inFile.Remove(page);    // what the file holds is no longer current
    }

    public (Tensor Keys, Tensor Values) Read(int layer, long slot, int count)
    {
        var page = (int)(slot / _pageSize);
        using var scope = NewDisposeScope();
        var room = OnDevice((layer, page)).narrow(2, slot % _pageSize, count);
        Expect(((layer + 1) % _shape.Layers, page));
        return (room[0].MoveToOuterDisposeScope(), room[1].MoveToOuterDisposeScope());
    }

    public void Copy(long from, long to, int count)
    {
        using var scope = NewDisposeScope();
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            var source = OnDevice((layer, (int)(from / _pageSize))).clone();
            OnDevice((layer, (int)(to / _pageSize))).copy_(source);
            _inFile.Remove((layer, (int)(to / _pageSize)));
        }
    }

    public void Dispose()
    {
        Task.WaitAll(_coming.Values.ToArray<Task>());
        foreach (var page in _device.Values) page.Dispose();
        _file.Dispose();
    }

    private Tensor OnDevice((int Layer, int Page) page)
    {
        if (_device.TryUse(page, out var held)) return held;
        _waiting.Start();
        var content = Content(page);
        _waiting.Stop();
        var tensor = zeros(_sizes, _shape.Dtype, CPU);
        if (content is not null)
        {
            content.CopyTo(tensor.bytes);
            _toDevice += _pageBytes;
        }
        var there = tensor.to(_shape.Device).DetachFromDisposeScope();
        if (!ReferenceEquals(there, tensor)) tensor.Dispose();
        _device.Add(page, there);
        while (_device.Count > _onDevice) MoveToHost();
        return there;
    }

    // Null for a page that was never written.
    private byte[]? Content((int Layer, int Page) page)
    {
        if (_host.TryTake(page, out var content)) return content;
        if (_coming.Remove(page, out var coming)) return coming.GetAwaiter().GetResult();
        return _inFile.Contains(page) ? FromFile(page) : null;
    }

    private void Expect((int Layer, int Page) page)
    {
        if (_inFile.Contains(page) && !_device.Contains(page) && !_host.Contains(page) && !_coming.ContainsKey(page))
            _coming[page] = Task.Run(() => FromFile(page));
    }

    private void MoveToHost()
    {
        var (page, tensor) = _device.TakeOldest();
        using (tensor)
        using (var near = tensor.cpu()) _host.Add(page, near.bytes.ToArray());
        _toHost += _pageBytes;
        while (_host.Count > _inHost) MoveToFile();
    }

    private void MoveToFile()
    {
        var (page, content) = _host.TakeOldest();
        if (!_inFile.Add(page)) return;    // unchanged since it was read from there
        RandomAccess.Write(_file, content, Offset(page));
        _toFile += _pageBytes;
    }

    private byte[] FromFile((int Layer, int Page) page)
    {
        var content = new byte[_pageBytes];
        RandomAccess.Read(_file, content, Offset(page));
        Interlocked.Add(ref _fromFile, _pageBytes);
        return content;
    }

    private long Offset((int Layer, int Page) page) => (((long)page.Page * _shape.Layers) + page.Layer) * _pageBytes;
}

/// <summary>What an offloaded cache has moved.</summary>
/// <param name="BytesToHost">From the device to host memory.</param>
/// <param name="BytesToDevice">Back to the device.</param>
/// <param name="BytesToFile">From host memory to the file.</param>
/// <param name="BytesFromFile">Back from the file.</param>
/// <param name="Waited">Time in which attention waited for a page.</param>
public sealed record OffloadReport(long BytesToHost, long BytesToDevice, long BytesToFile, long BytesFromFile, TimeSpan Waited);
