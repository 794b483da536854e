namespace Portal.GraphQL.Execution;

/// <summary>
/// The codes in <c>extensions.code</c> of what the engine refuses itself, beside those of
/// <see cref="Language.SyntaxErrorCodes"/>. They go to clients and never change.
/// </summary>
public static class ErrorCodes
{
    /// <summary>The document breaks a rule of the specification's section 5.</summary>
    public const string Invalid = "VALIDATION_FAILED";

    /// <summary>The values of variables do not fit. Section 6.1.2.</summary>
    public const string BadVariables = "BAD_VARIABLES";

    /// <summary>There is no such operation. Section 6.1.</summary>
    public const string NoOperation = "OPERATION_NOT_FOUND";

    /// <summary>There is no document of that id.</summary>
    public const string NoDocument = "DOCUMENT_NOT_FOUND";

    /// <summary>Only documents that are known by id are run here.</summary>
    public const string OnlyKnown = "ONLY_PERSISTED_DOCUMENTS";

    /// <summary>A secret stands in the document; see <see cref="SecretInputs"/>.</summary>
    public const string SecretInDocument = "SECRET_IN_DOCUMENT";

    /// <summary>Neither a text nor an id was sent, or both.</summary>
    public const string NoQuery = "NO_QUERY";

    /// <summary>A mutation or a subscription was sent where only queries may be.</summary>
    public const string OnlyQueries = "ONLY_QUERIES";

    /// <summary>A mutation was sent where none may be.</summary>
    public const string NoMutations = "NO_MUTATIONS";

    /// <summary>A subscription was sent where there is only one answer.</summary>
    public const string NoSubscriptions = "NO_SUBSCRIPTIONS";

    /// <summary>Selections are nested deeper than allowed.</summary>
    public const string TooDeep = "DEPTH_LIMIT";

    /// <summary>More fields are selected than allowed.</summary>
    public const string TooManyFields = "FIELD_LIMIT";

    /// <summary>More aliases are used than allowed.</summary>
    public const string TooManyAliases = "ALIAS_LIMIT";

    /// <summary>The answer could become larger than allowed.</summary>
    public const string TooCostly = "COST_LIMIT";

    /// <summary>A list is asked for without a size, or with a bad one.</summary>
    public const string BadSize = "BAD_PAGE_SIZE";

    /// <summary>The schema may not be asked here.</summary>
    public const string NoIntrospection = "INTROSPECTION_DISABLED";

    /// <summary>The answer took too long.</summary>
    public const string TooSlow = "TIME_LIMIT";

    /// <summary>The caller may not see that.</summary>
    public const string Forbidden = "FORBIDDEN";
}
