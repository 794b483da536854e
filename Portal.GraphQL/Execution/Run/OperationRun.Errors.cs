namespace Portal.GraphQL.Execution;

/// <content>Where the run is, and what is wrong there. Specification, section 6.4.4.</content>
internal sealed partial class OperationRun
{
    private Frame[] _frames = new Frame[8];
    private int _depth;
    private ResponsePath? _basePath;
    private NullableScope? _baseScope;

    private void Enter(string? key, int index, bool isNullable)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }
        ref var frame = ref _frames[_depth++];
        (frame.Key, frame.Index, frame.Start, frame.IsNullable) = (key!, index, Output.Length, isNullable);
        (frame.Path, frame.Scope) = (null, null);
    }

    private void Leave()
    {
        if (_frames[--_depth].Scope is { } scope)
        {
            scope.End = Output.Length;
        }
    }

    private void Unwind(int depth, int start)
    {
        _depth = depth;
        Truncate(start);
    }

    private void BecomeNull(int start)
    {
        Truncate(start);
        Output.WriteNull();
    }

    // Takes back what was written from there on. What is pending in it is waited for, but changes nothing any more.
    private void Truncate(int start)
    {
        Output.Length = start;
        while (_scopes?.Count > _scopeFloor && _scopes[^1].Start >= start)
        {
            _scopes[^1].IsNull = true;
            _scopes.RemoveAt(_scopes.Count - 1);
        }
        while (_holes?.Count > _holeFloor && _holes[^1].Hole >= start)
        {
            _holes.RemoveAt(_holes.Count - 1);
        }
    }

    // Notes what is wrong with a value. True if null may stand in its place.
    private bool Fail(FieldPlan field, ValueShape shape, int index, Exception exception)
    {
        var path = new ResponsePath(PathAt(_depth), index < 0 ? field.Key : index);
        var thrown = exception as GraphQLException;
        (Errors ??= []).Add(new GraphQLError(exception.Message)
        {
            Locations = thrown is { Locations.IsEmpty: false }
                ? thrown.Locations
                : [.. field.Nodes.Select(node => node.Location)],
            Path = ResponsePath.ToArray(path),
            Extensions = thrown?.Extensions,
            Fault = exception,
        });
        if (shape.IsNonNull)
        {
            return false;
        }
        Output.WriteNull();
        return true;
    }

    private ResponsePath? PathAt(int depth)
    {
        var path = _basePath;
        for (var i = _frameFloor; i < depth; i++)
        {
            ref var frame = ref _frames[i];
            // The outermost frame is the data itself.
            if (frame.Key is not null)
            {
                path = frame.Path ??= new ResponsePath(path, frame.Index < 0 ? frame.Key : frame.Index);
            }
        }
        return path;
    }

    private NullableScope ScopeAt(int depth)
    {
        var scope = _baseScope;
        for (var i = _frameFloor; i < depth; i++)
        {
            ref var frame = ref _frames[i];
            if (!frame.IsNullable)
            {
                continue;
            }
            if (frame.Scope is null)
            {
                frame.Scope = new NullableScope(scope, frame.Start);
                (_scopes ??= []).Add(frame.Scope);
            }
            scope = frame.Scope;
        }
        return scope!;
    }
}
