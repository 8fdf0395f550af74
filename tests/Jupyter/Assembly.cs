// Each of the slow facts starts a Jupyter, a kernel and perhaps a browser: one at a time is quicker on two cores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
