namespace Portal.GraphQL.Language;

/// <content>Numbers: specification, sections 2.9.1 and 2.9.2.</content>
public ref partial struct Lexer
{
    private Token ReadNumber(int start)
    {
        var kind = TokenKind.Int;
        var i = start;
        if (At(i) == '-')
        {
            i++;
        }
        if (At(i) == '0')
        {
            i++;
            if (IsDigit(At(i)))
            {
                throw Fail(i, $"Invalid number, unexpected digit after 0: {Show(i)}.");
            }
        }
        else
        {
            i = AfterDigits(i);
        }
        if (At(i) == '.')
        {
            kind = TokenKind.Float;
            i = AfterDigits(i + 1);
        }
        if (At(i) is 'e' or 'E')
        {
            kind = TokenKind.Float;
            i++;
            if (At(i) is '+' or '-')
            {
                i++;
            }
            i = AfterDigits(i);
        }
        // 1.2.3 and 0xF are no pairs of tokens: what follows a number must not look like more of it.
        if (At(i) == '.' || IsNameStart(At(i)))
        {
            throw Fail(i, $"Invalid number, expected digit but got: {Show(i)}.");
        }
        return Finish(kind, start, i);
    }

    private readonly int AfterDigits(int at)
    {
        if (!IsDigit(At(at)))
        {
            throw Fail(at, $"Invalid number, expected digit but got: {Show(at)}.");
        }
        do
        {
            at++;
        }
        while (IsDigit(At(at)));
        return at;
    }
}
