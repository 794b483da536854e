using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Decisions on accounts, without anything around them.</summary>
public sealed class AccountDecisionTests
{
    private static readonly Id<User> Ada = new(Guid.CreateVersion7());
    private static readonly Id<User> Grace = new(Guid.CreateVersion7());
    private static readonly Account Administrator = Account.Empty with { Administrator = true };
    private static readonly Account Disabled = Account.Empty with { Disabled = true };

    [Fact]
    public void An_account_is_disabled_and_enabled_once()
    {
        Assert.Equal([new AccountDisabled(Grace)], DisableAccount.Decide(Account.Empty, new(Grace), Ada).Value!);
        Assert.Empty(DisableAccount.Decide(Disabled, new(Grace), Ada).Value!);
        Assert.Equal([new AccountEnabled(Grace)], EnableAccount.Decide(Disabled, new(Grace)).Value!);
        Assert.Empty(EnableAccount.Decide(Account.Empty, new(Grace)).Value!);
    }

    [Fact]
    public void Nobody_disables_their_own_account() =>
        Assert.Equal("OWN_ACCOUNT", DisableAccount.Decide(Administrator, new(Ada), Ada).Problems![0].Code);

    [Fact]
    public void An_administrator_is_named_and_removed_once()
    {
        Assert.Equal([new AdministratorNamed(Grace)], ChangeAdministrator.Decide(Account.Empty, new(Grace, true), true).Value!);
        Assert.Empty(ChangeAdministrator.Decide(Administrator, new(Grace, true), true).Value!);
        Assert.Equal([new AdministratorRemoved(Grace)],
            ChangeAdministrator.Decide(Administrator, new(Grace, false), true).Value!);
        Assert.Empty(ChangeAdministrator.Decide(Account.Empty, new(Grace, false), false).Value!);
    }

    [Fact]
    public void The_last_administrator_stays_and_a_disabled_account_becomes_none()
    {
        Assert.Equal("LAST_ADMINISTRATOR", ChangeAdministrator.Decide(Administrator, new(Grace, false), false).Problems![0].Code);
        Assert.Equal("ACCOUNT_DISABLED", ChangeAdministrator.Decide(Disabled, new(Grace, true), true).Problems![0].Code);
    }

    [Fact]
    public void One_session_is_ended_or_all_but_the_one_that_is_asked_with()
    {
        Id<Session>[] open = [new(Guid.NewGuid()), new(Guid.NewGuid()), new(Guid.NewGuid())];
        Assert.Equal([open[1]], EndSessions.Decide(open, new(open[1]), open[0]).Value!);
        Assert.Equal(open[1..], EndSessions.Decide(open, new(null), open[0]).Value!);
        Assert.Equal("NOT_FOUND", EndSessions.Decide(open, new(new Id<Session>(Guid.NewGuid())), open[0]).Problems![0].Code);
    }

    [Fact]
    public void Every_change_of_how_somebody_signs_in_has_an_event_that_names_the_account_alone() =>
        Assert.All(Enum.GetValues<SignInChange>(), change => Assert.Empty(ChangeSignInHandler.EventOf(Ada, change).GetType()
            .GetProperties().Select(property => property.PropertyType).Except([typeof(Id<User>), typeof(SecondFactorKind)])));
}
