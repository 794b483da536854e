using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// The default value of an argument or an input field. It is taken when all types stand, as it may need the defaults of
/// other input objects; what refers to itself is no value. Specification, section 3.6.1.
/// </summary>
internal sealed class DefaultValue(ValueNode? written, GraphType type)
{
    private State _state;
    private object? _value;
    private object? _bare;
    private string? _text;
    private bool _isCircular;

    private enum State
    {
        Open,
        Running,
        Absent,
        Present,
    }

    public bool Exists => Settle() == State.Present;

    // What resolvers get.
    public object? Value => Settle() == State.Present ? _value : null;

    // The same before any InputObjectType.Construct.
    public object? Bare => Settle() == State.Present ? _bare : null;

    public ValueNode? Literal => Settle() == State.Present ? Literals.FromValue(_bare, type) : null;

    public string? Text => Settle() == State.Present ? _text : null;

    private State Settle()
    {
        if (_state == State.Running)
        {
            // It needs itself.
            _isCircular = true;
            return State.Absent;
        }
        if (_state != State.Open)
        {
            return _state;
        }
        if (written is null)
        {
            return _state = State.Absent;
        }
        _state = State.Running;
        var fits = Literals.TryCoerceBare(written, type, out var bare)
            & Literals.TryCoerce(written, type, null, out var value)
            & !_isCircular;
        (_bare, _value) = (bare, value);
        _text = fits && Literals.FromValue(bare, type) is { } literal ? Printer.Print(literal) : null;
        return _state = fits ? State.Present : State.Absent;
    }
}
