// Each of the slow tests starts a Jupyter, a kernel and perhaps a browser: one at a time is faster on two cores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
