using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Owns the tensors that its thread makes until it is disposed; scopes nest. Not for use across threads or awaits.</summary>
public sealed partial class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;
    private Tensor[] _tensors = new Tensor[16];
    private int _count;

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>A copy of the list of what the scope owns now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            ThrowIfDisposed();
            return _tensors.AsSpan(0, _count).ToArray();
        }
    }

    /// <summary>How many tensors the scope owns now.</summary>
    public int DisposablesCount
    {
        get
        {
            ThrowIfDisposed();
            return _count;
        }
    }

    /// <summary>Whether the scope owns the tensor.</summary>
    public bool Contains(IDisposable disposable) => disposable is Tensor tensor && ReferenceEquals(tensor.OwningDisposeScope, this);

    /// <summary>Disposes what the scope owns and ends it; the outer scope is current again.</summary>
    public void Dispose()
    {
        if (_manager is null)
            return;
        DisposeEverything();
        _manager.RemoveDisposeScope(this);
        _manager = null;
    }

    /// <summary>Disposes what the scope owns; the scope goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes what the scope owns except inKeep.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ThrowIfDisposed();
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        for (var i = _count - 1; i >= 0; i--)
        {
            // A disposed tensor leaves the list, and the last one takes its place: that one was looked at already.
            if (!keep.Contains(_tensors[i]))
                _tensors[i].Dispose();
        }
    }

    /// <summary>Forgets a tensor that was disposed by other means.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        ThrowIfDisposed();
        if (disposable is Tensor tensor)
            Remove(tensor);
    }

    /// <summary>Takes over a tensor from no scope or from another.</summary>
    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    /// <summary>Takes over tensors from no scope or from others.</summary>
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes over tensors from no scope or from others; returns them.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        ThrowIfDisposed();
        var result = disposables.ToList();
        foreach (var disposable in result)
        {
            if (TakeOver(disposable))
                _manager!.StatisticsInstance.TensorStatistics.AttachedToScopeCount++;
        }
        return result;
    }

    /// <summary>Gives up tensors that the scope owns: from now on nobody but the caller disposes them.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        ThrowIfDisposed();
        foreach (var disposable in disposables)
        {
            if (disposable is Tensor tensor && Remove(tensor))
                _manager!.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
        }
    }

    /// <summary>Hands tensors that the scope owns to another scope; null detaches them.</summary>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        ThrowIfDisposed();
        if (scope is null)
        {
            Detach(disposables);
            return;
        }
        foreach (var disposable in disposables)
        {
            if (disposable is Tensor tensor && Remove(tensor))
                scope.Add(tensor);
        }
    }

    /// <summary>Lets a tensor that took over another's handle take over its place too.</summary>
    internal static void ReplaceWith(Tensor original, Tensor replacement)
    {
        var scope = original.OwningDisposeScope;
        if (scope is not null && scope.Remove(original))
            scope.Add(replacement);
    }

    internal void Add(Tensor tensor)
    {
        if (_count == _tensors.Length)
            Array.Resize(ref _tensors, _count * 2);
        tensor.OwningDisposeScope = this;
        tensor.ScopeSlot = _count;
        _tensors[_count++] = tensor;
    }

    /// <summary>Forgets a tensor; the last of the list takes its slot. False where the scope does not own it.</summary>
    internal bool Remove(Tensor tensor)
    {
        if (!ReferenceEquals(tensor.OwningDisposeScope, this))
            return false;
        var last = _tensors[--_count];
        _tensors[tensor.ScopeSlot] = last;
        last.ScopeSlot = tensor.ScopeSlot;
        _tensors[_count] = null!;
        tensor.OwningDisposeScope = null;
        return true;
    }

    private bool TakeOver(IDisposable disposable)
    {
        if (disposable is not Tensor tensor)
            throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
        if (ReferenceEquals(tensor.OwningDisposeScope, this))
            return false;
        tensor.OwningDisposeScope?.Remove(tensor);
        Add(tensor);
        return true;
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_manager is null, this);
}
