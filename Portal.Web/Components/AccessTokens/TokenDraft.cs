using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Web.Components.AccessTokens;

/// <summary>A token as it is being chosen.</summary>
public sealed class TokenDraft
{
    /// <summary>The client.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it may do.</summary>
    public IReadOnlyCollection<Scope> Scopes { get; set; } = ScopeWords.Sets[0].Scopes;

    /// <summary>The only project that exists for it; null for all.</summary>
    public Id<Project>? Project { get; set; }

    /// <summary>How many days it lives.</summary>
    public int Days { get; set; } = 30;

    /// <summary>Ranges of addresses that it is good from, with blanks or commas between.</summary>
    public string Addresses { get; set; } = "";

    /// <summary>What is asked of the domain.</summary>
    public TokenTerms Terms(TokenRules rules) => rules.Terms(Name, Scopes, Project,
        Addresses.Split([' ', ',', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Days);
}
