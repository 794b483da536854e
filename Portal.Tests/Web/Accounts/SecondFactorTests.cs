using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Cli.Login;
using Portal.Domain.Common;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>Codes of an authenticator app and recovery codes, as the portal keeps and checks them.</summary>
public sealed class SecondFactorTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_is_good_once_however_many_show_it_at_once()
    {
        var (portal, grace, key, _) = await PersonAsync();
        var code = Totp.Code(key);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TryAsync(portal, grace, code)));
        Assert.Single(answers, answer => answer == CodeAnswer.Right);
        Assert.Equal(CodeAnswer.Right, await TryAsync(portal, grace, Totp.Code(key, 1).Insert(3, " ")));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_code_is_good_in_its_own_half_minute_and_the_one_to_either_side(int later, bool good)
    {
        var (portal, grace, key, _) = await PersonAsync();
        var moment = new Moment(DateTimeOffset.FromUnixTimeSeconds(1_800_000_010));
        var apps = new OnceAuthenticator(portal.Services.GetRequiredService<NpgsqlDataSource>(), moment);
        await using var scope = portal.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        Assert.Equal(good, await apps.ValidateAsync(
            "sign-in", Totp.Code(key, later, moment.GetUtcNow()), users, await UserAsync(scope.ServiceProvider, grace)));
    }

    [Fact]
    public void Recovery_codes_are_each_another_one_of_140_random_bits()
    {
        var codes = Enumerable.Range(0, 20).SelectMany(_ => RecoveryCodes.Make()).ToList();
        Assert.All(codes, code => Assert.Matches("^([2-9A-HJ-NP-Z]{4}-){6}[2-9A-HJ-NP-Z]{4}$", code));
        Assert.Equal(20 * RecoveryCodes.Count, codes.Distinct().Count());
        // Every sign is somewhere: five bits each.
        Assert.Equal(32, codes.SelectMany(RecoveryCodes.Plain).Distinct().Count());
        Assert.All(codes, code => Assert.True(RecoveryCodes.Looks(code.ToLowerInvariant())));
        // Those of an older portal.
        Assert.True(RecoveryCodes.Looks("ABCD-EFGH-JKLM-NPQR"));
        Assert.False(RecoveryCodes.Looks("correct-horse"));
    }

    [Fact]
    public async Task A_recovery_code_is_good_once_and_the_others_stay()
    {
        var (portal, grace, _, codes) = await PersonAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryAsync(portal, grace, codes[0])));
        Assert.Single(answers, answer => answer == CodeAnswer.Recovery);
        Assert.Equal(CodeAnswer.Recovery, await TryAsync(portal, grace, $" {codes[9].ToLowerInvariant().Replace('-', ' ')} "));
        Assert.Equal(CodeAnswer.Wrong, await TryAsync(portal, grace, codes[9]));
    }

    [Fact]
    public async Task Who_guesses_codes_is_slowed_down_and_the_right_one_helps_nobody_meanwhile()
    {
        var (portal, grace, key, codes) = await PersonAsync();
        var wrong = Enumerable.Range(0, 1000).Select(number => $"{number:d6}")
            .Except(Enumerable.Range(-3, 8).Select(later => Totp.Code(key, later))).Take(WrongTries.Each);
        foreach (var code in wrong) Assert.Equal(CodeAnswer.Wrong, await TryAsync(portal, grace, code));
        Assert.Equal(CodeAnswer.Resting, await TryAsync(portal, grace, Totp.Code(key)));
        Assert.Equal(CodeAnswer.Resting, await TryAsync(portal, grace, codes[0]));
    }

    [Fact]
    public async Task A_dump_of_the_database_holds_neither_the_key_nor_a_recovery_code()
    {
        var (portal, grace, key, codes) = await PersonAsync();
        await using var command = portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select string_agg(name || '=' || value, ' ') from accounts.user_tokens where user_id = $1");
        command.Parameters.Add(new() { Value = grace.User!.Value.Value });
        var kept = (string)(await command.ExecuteScalarAsync(Cancel))!;
        Assert.Contains("AuthenticatorKey=", kept);
        Assert.Contains("RecoveryCodes=", kept);
        Assert.All(codes.SelectMany(code => (string[])[code, RecoveryCodes.Plain(code)]).Append(key),
            secret => Assert.DoesNotContain(secret, kept, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_command_line_signs_in_by_a_code_too()
    {
        var mail = $"{Guid.NewGuid():n}@example.org";
        var (portal, _, key, codes) = await PersonAsync(mail);
        using var web = new WebForms(portal.Address);
        Assert.Null(await web.SignInAsync(mail, "correct horse battery", Cancel));
        Assert.True(web.SecondStep);
        Assert.Contains(SecondStep.Refusal, await web.CodeAsync("not a code", Cancel));
        Assert.Null(await web.CodeAsync(Totp.Code(key), Cancel));
        Assert.False(web.SecondStep);
        Assert.StartsWith("portal_pat_", await web.TokenAsync("tests", Cancel));
        using var again = new WebForms(portal.Address);
        Assert.Null(await again.SignInAsync(mail, "correct horse battery", Cancel));
        // The password alone is nobody yet.
        await Assert.ThrowsAnyAsync<Exception>(() => again.TokenAsync("tests", Cancel));
        Assert.Null(await again.CodeAsync(codes[5], Cancel));
    }

    private static async Task<CodeAnswer> TryAsync(TestPortal portal, Caller person, string code)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var user = await UserAsync(scope.ServiceProvider, person);
        return await scope.ServiceProvider.GetRequiredService<Codes>().TryAsync(user, code);
    }

    private static async Task<PortalUser> UserAsync(IServiceProvider services, Caller person) =>
        (await services.GetRequiredService<UserManager<PortalUser>>().FindByIdAsync($"{person.User!.Value.Value}"))!;

    private sealed class Moment(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    // Somebody whose app is set up.
    private async Task<(TestPortal Portal, Caller Person, string Key, IReadOnlyList<string> Codes)> PersonAsync(
        string? mail = null)
    {
        var portal = await portals.PortalAsync(Cancel);
        var person = await new AccountGround(portal).SignUpAsync(mail);
        await using var scope = portal.Services.CreateAsyncScope();
        var (users, store) = (scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>(),
            scope.ServiceProvider.GetRequiredService<AccountStore>());
        var user = await UserAsync(scope.ServiceProvider, person);
        var (key, codes) = (users.GenerateNewAuthenticatorKey(), RecoveryCodes.Make());
        await store.SetAuthenticatorKeyAsync(user, key, Cancel);
        await store.ReplaceCodesAsync(user, codes, Cancel);
        (user.AuthenticatorSince, user.TwoFactorEnabled) = (DateTimeOffset.UtcNow, true);
        Assert.True((await users.UpdateAsync(user)).Succeeded);
        return (portal, person, key, codes);
    }
}
