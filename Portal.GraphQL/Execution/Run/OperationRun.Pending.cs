using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <content>What comes later, and how it gets into its place.</content>
internal sealed partial class OperationRun
{
    // Both in the order of their places in the output.
    private List<PendingField>? _holes;
    private List<NullableScope>? _scopes;
    private int _pending;

    // Of what is being written now: what came before is not its to take back.
    private int _frameFloor;
    private int _holeFloor;
    private int _scopeFloor;

    // Of what was written first.
    private int _firstEnd;
    private int _firstHoles;
    private int _firstScopes;

    public void Resume(PendingField pending)
    {
        _pending--;
        var (holes, scopes, start) = (_holes!.Count, _scopes?.Count ?? 0, Output.Length);
        if (_firstEnd == 0)
        {
            (_firstEnd, _firstHoles, _firstScopes) = (start, holes, scopes);
        }
        if (pending.Scope.IsDead)
        {
            Forget(pending);
            return;
        }
        var depth = _depth;
        (_basePath, _baseScope, _frameFloor, _holeFloor, _scopeFloor) = (pending.Path, pending.Scope, depth, holes, scopes);
        var fits = false;
        try
        {
            fits = Await(pending.Field, new ValueTask<object?>(pending.GetResult()));
        }
        catch (Exception exception) when (!IsAbort(exception))
        {
            Unwind(depth, start);
            fits = Fail(pending.Field, pending.Field.Shape, -1, exception);
        }
        if (!fits)
        {
            Truncate(start);
            pending.Scope.IsNull = true;
        }
        pending.Written = start..Output.Length;
        (pending.Holes, pending.Scopes) = (holes.._holes.Count, scopes..(_scopes?.Count ?? 0));
    }

    private void Suspend(FieldPlan field, ValueTask<object?> value)
    {
        var pending = new PendingField(this, field, value, PathAt(_depth), ScopeAt(_depth), Output.Length);
        (_holes ??= []).Add(pending);
        _pending++;
        pending.Start(_request.Queue);
    }

    // Nobody asks for it any more, but its exception is observed.
    private static void Forget(PendingField pending)
    {
        try
        {
            pending.GetResult();
        }
        catch (Exception)
        {
            // Of no use: null stands in a place around it.
        }
    }

    // Puts what came later into its place, and null where something around it became null.
    private void Stitch()
    {
        if (_firstEnd == 0)
        {
            return;
        }
        var target = new JsonOutput(Output.Length);
        Emit(target, .._firstEnd, .._firstHoles, .._firstScopes);
        Output.Dispose();
        Output = target;
        _holes?.Clear();
        _scopes?.Clear();
        (_basePath, _baseScope, _frames[0].Scope) = (null, null, null);
        (_firstEnd, _frameFloor, _holeFloor, _scopeFloor) = (0, 0, 0, 0);
    }

    private void Emit(JsonOutput target, Range written, Range holes, Range scopes)
    {
        var source = Output.Written.Span;
        var (at, end) = (written.Start.Value, written.End.Value);
        var (hole, scope) = (holes.Start.Value, scopes.Start.Value);
        while (true)
        {
            for (; scope < scopes.End.Value && (_scopes![scope].Start < at || !_scopes[scope].IsNull); scope++)
            {
                // Neither within what was written already, nor alive.
            }
            for (; hole < holes.End.Value && _holes![hole].Hole < at; hole++)
            {
                // Within something that became null.
            }
            var nextScope = scope < scopes.End.Value ? _scopes![scope].Start : int.MaxValue;
            var nextHole = hole < holes.End.Value ? _holes![hole].Hole : int.MaxValue;
            var next = Math.Min(Math.Min(nextScope, nextHole), end);
            target.WriteRaw(source[at..next]);
            if (next == nextHole)
            {
                var pending = _holes![hole++];
                Emit(target, pending.Written, pending.Holes, pending.Scopes);
                at = next;
            }
            else if (next == nextScope)
            {
                target.WriteNull();
                at = Math.Min(_scopes![scope].End, end);
            }
            else
            {
                return;
            }
        }
    }
}
