using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.Composition;

namespace Portal.Tests.Domain.Accounts;

/// <summary>What the configuration says of who may make an account.</summary>
public sealed class SignUpRuleTests
{
    [Fact]
    public void A_link_is_good_for_a_week_and_closed_is_closed()
    {
        var (id, by) = (new Id<AccountInvitation>(Guid.CreateVersion7()), new Id<User>(Guid.CreateVersion7()));
        var now = DateTimeOffset.UnixEpoch;
        var command = new InviteAccount(id, "grace@example.org");
        var made = InviteAccount.Decide(AccountInvitation.Empty, command, new(SignUpMode.Invitation), by, "00", now);
        Assert.Equal([new AccountInvited(id, by, "00", now.AddDays(7))], made.Value!);
        var closed = InviteAccount.Decide(AccountInvitation.Empty, command, new(SignUpMode.Closed), by, "00", now);
        Assert.Equal("SIGN_UP_CLOSED", closed.Problems![0].Code);
    }

    [Fact]
    public void A_word_that_is_no_mode_is_refused_at_start()
    {
        Assert.Equal(SignUpMode.Invitation, new PortalSettings { SignUp = "Invitation" }.SignUpRule.Mode);
        Assert.All((string[])["close", "", "1"],
            word => Assert.Throws<FormatException>(() => new PortalSettings { SignUp = word }.SignUpRule));
    }
}
