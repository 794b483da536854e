using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;

namespace Portal.Tests.Domain.AccessTokens;

/// <summary>How far a token may go, and for how long.</summary>
public sealed class TokenRulesTests
{
    private static readonly TokenRules Rules = new();

    [Theory]
    [InlineData(366, null, Scope.GetJobStatus, Scope.GetMachine)]
    [InlineData(367, "days", Scope.GetJobStatus, Scope.GetMachine)]
    [InlineData(180, null, Scope.GetJobStatus, Scope.PostJob)]
    [InlineData(181, "days", Scope.GetJobStatus, Scope.PostJob)]
    [InlineData(90, null, Scope.KeepCredential)]
    [InlineData(91, "days", Scope.GetJobStatus, Scope.KeepCredential)]
    [InlineData(0, "days", Scope.GetJobStatus)]
    [InlineData(-1, "days", Scope.GetJobStatus)]
    [InlineData(int.MaxValue, "days", Scope.GetJobStatus)]
    [InlineData(1, "scopes")]
    [InlineData(1, "scopes", (Scope)999)]
    public void The_more_a_token_may_do_the_shorter_it_lives(int days, string? wrong, params Scope[] scopes)
    {
        var problems = Rules.Check(Rules.Terms("ci", scopes, days: days));
        Assert.Equal(wrong is null ? [] : [wrong], problems.Select(problem => problem.Field).Distinct());
    }

    [Fact]
    public void Without_a_word_a_token_lives_as_long_as_usual_or_as_long_as_it_may()
    {
        Assert.Equal(TimeSpan.FromDays(90), Rules.Terms("ci").Life);
        Assert.Equal(TimeSpan.FromDays(7), new TokenRules(KeepDays: 7).Terms("ci").Life);
        Assert.Equal(Scopes.All, Rules.Terms("ci").Scopes);
    }

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.0/24", true)]
    [InlineData("2001:db8::/48", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("192.0.2.0/33", false)]
    [InlineData("192.0.2.0/24/7", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("example.org", false)]
    [InlineData("", false)]
    [InlineData("'; drop table accounts.users; --", false)]
    public void Addresses_are_addresses(string range, bool good) =>
        Assert.Equal(good, Rules.Check(Rules.Terms("ci", [Scope.GetJob], addresses: [range])).Count == 0);

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.7", true)]
    [InlineData("192.0.3.7", false)]
    [InlineData("2001:db8:0:1::5", true)]
    [InlineData("2001:db9::5", false)]
    [InlineData(null, false)]
    [InlineData("nonsense", false)]
    public void A_token_is_good_from_its_addresses_alone(string? from, bool good) =>
        Assert.Equal(good, AddressRange.Holds(["192.0.2.0/24", "2001:db8::/48"], from));

    [Theory]
    [InlineData(Scope.GetJobStatus, false)]
    [InlineData(Scope.PostJob, true)]
    [InlineData(Scope.KeepMachine, true)]
    public void Where_the_rules_say_so_a_mighty_token_names_its_addresses(Scope scope, bool needed)
    {
        var rules = new TokenRules(AddressesFrom: Power.Run);
        Assert.Equal(needed, rules.Check(rules.Terms("ci", [scope])).Any(problem => problem.Field == "addresses"));
        Assert.Empty(rules.Check(rules.Terms("ci", [scope], addresses: ["192.0.2.7"])));
    }

    [Fact]
    public void The_first_eight_scopes_are_those_of_HPCSerA_by_number_and_name()
    {
        string[] names =
            ["get_job_status", "update_job_status", "get_job", "post_code", "get_code", "post_job", "update_job", "delete_job"];
        Assert.Equal(names, Enumerable.Range(1, 8).Select(number => Scopes.NameOf((Scope)number)));
        Assert.Equal(names, Enumerable.Range(1, 8).Select(number => Scopes.NameOf(Scopes.Find($"{number}")!.Value)));
        Assert.All(Scopes.All, scope => Assert.Equal(scope, Scopes.Find(Scopes.NameOf(scope))));
        Assert.All((string[])["9", "0", "-1", "+6", "06x", "GetJob", "admin", "*", ""], word => Assert.Null(Scopes.Find(word)));
    }

    [Theory]
    [InlineData("BCDF-GHJK", "BCDFGHJK")]
    [InlineData(" bcdf ghjk ", "BCDFGHJK")]
    [InlineData("bcdfghjk", "BCDFGHJK")]
    [InlineData("BCDF-GHJ", null)]
    [InlineData("BCDF-GHJA", null)]
    [InlineData("ＢＣＤＦＧＨＪＫ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_code_is_read_as_people_type_it(string? typed, string? read) => Assert.Equal(read, DeviceCodes.Read(typed));
}
