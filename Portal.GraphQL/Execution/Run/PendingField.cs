using System.Runtime.CompilerServices;

namespace Portal.GraphQL.Execution;

/// <summary>
/// A field whose value is not there yet: a hole in the output. When the value comes it is written behind everything else
/// that was written, and put into its place at the end.
/// </summary>
internal sealed class PendingField : WorkItem
{
    private readonly OperationRun _run;
    private readonly ValueTaskAwaiter<object?> _value;

    public PendingField(
        OperationRun run, FieldPlan field, ValueTask<object?> value, ResponsePath? path, NullableScope scope, int hole)
    {
        (_run, Field, Path, Scope, Hole) = (run, field, path, scope, hole);
        _value = value.GetAwaiter();
    }

    public FieldPlan Field { get; }

    // Of the object that the field belongs to.
    public ResponsePath? Path { get; }

    public NullableScope Scope { get; }

    // Where the value belongs.
    public int Hole { get; }

    // Where it stands, and which holes and scopes are in it.
    public Range Written { get; set; }

    public Range Holes { get; set; }

    public Range Scopes { get; set; }

    public void Start(WorkQueue queue) => _value.UnsafeOnCompleted(() => queue.Enqueue(this));

    public object? GetResult() => _value.GetResult();

    public override void Run() => _run.Resume(this);
}
