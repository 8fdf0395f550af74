namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>How the learning rate changes over time.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimizer's groups anew with each step.</summary>
            public abstract class LRScheduler
            {
                private readonly Optimizer _optimizer;
                private readonly bool _verbose;
                private protected readonly IReadOnlyList<double> _initialRates;
                private protected int _epoch;

                private protected LRScheduler(Optimizer optimizer, int last_epoch, bool verbose)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _epoch = last_epoch;
                    _verbose = verbose;
                    _initialRates = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                }

                /// <summary>Goes on to the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes on to an epoch.</summary>
                /// <param name="epoch">Which; null for the next.</param>
                public virtual void step(int? epoch)
                {
                    _epoch = epoch ?? _epoch + 1;
                    foreach (var (group, rate) in _optimizer.ParamGroups.Zip(get_lr()))
                    {
                        if (_verbose && group.LearningRate != rate) Console.WriteLine($"Adjusting learning rate to {rate}");
                        group.LearningRate = rate;
                    }
                }

                /// <summary>The rates as they are now, one a group.</summary>
                public IEnumerable<double> get_last_lr() => _optimizer.ParamGroups.Select(group => group.LearningRate);

                /// <summary>The rates of the present epoch, one a group.</summary>
                protected abstract IEnumerable<double> get_lr();
            }

            /// <summary>The schedules.</summary>
            public static partial class impl
            {
                /// <summary>The initial rate times a function of the epoch.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly IReadOnlyList<Func<int, double>> _factors;

                    /// <param name="optimizer">Whose rates to set; it is set to epoch last_epoch + 1 at once.</param>
                    /// <param name="lr_lambda">The factor by epoch, for all groups.</param>
                    /// <param name="last_epoch">Where to go on from.</param>
                    /// <param name="verbose">True to print each change.</param>
                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer?.ParamGroups.Count() ?? 0), last_epoch, verbose)
                    {
                    }

                    /// <param name="optimizer">Whose rates to set; it is set to epoch last_epoch + 1 at once.</param>
                    /// <param name="lr_lambdas">The factor by epoch, one a group.</param>
                    /// <param name="last_epoch">Where to go on from.</param>
                    /// <param name="verbose">True to print each change.</param>
                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = [.. lr_lambdas];
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => _initialRates.Zip(_factors, (rate, factor) => rate * factor(_epoch));
                }
            }

            /// <summary>The initial rate times a function of the epoch.</summary>
            /// <param name="optimizer">Whose rates to set; it is set to epoch last_epoch + 1 at once.</param>
            /// <param name="lr_lambda">The factor by epoch, for all groups.</param>
            /// <param name="last_epoch">Where to go on from.</param>
            /// <param name="verbose">True to print each change.</param>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);
        }
    }
}
