using CisAws.Evidence;

namespace CisAws.Core.Tests.Controls.Iam;

public sealed class PasswordLengthTests
{
    [Theory]
    [InlineData(14, CisStatus.Pass)]
    [InlineData(13, CisStatus.Fail)]
    [InlineData(128, CisStatus.Pass)]
    [InlineData(null, CisStatus.Fail)]
    public void The_policy_must_ask_for_14_characters(int? length, CisStatus expected)
    {
        var evidence = Judge.NewEvidence().Set(Kinds.PasswordPolicy, "", new PasswordPolicy(MinimumPasswordLength: length));
        Assert.Equal(expected, Judge.Control("1.9", evidence).Status);
    }

    [Fact]
    public void No_policy_of_its_own_fails() =>
        Assert.Equal("NoPasswordPolicy", Judge.Control("1.9", Judge.NewEvidence().Set(Kinds.PasswordPolicy, "", null)).ReasonCode);

    [Fact]
    public void A_denied_policy_is_unknown_and_names_the_action()
    {
        var result = Judge.Control("1.9", Judge.NewEvidence().Deny(Kinds.PasswordPolicy));
        Assert.Equal(CisStatus.Unknown, result.Status);
        Assert.True(result.Incomplete);
        Assert.Contains("iam:GetAccountPasswordPolicy", result.Reason);
    }

    [Fact]
    public void The_setting_decides_the_length()
    {
        var evidence = Judge.NewEvidence().Set(Kinds.PasswordPolicy, "", new PasswordPolicy(MinimumPasswordLength: 14));
        Assert.Equal(CisStatus.Fail, Judge.Control("1.9", evidence, ("MinPasswordLength", 16)).Status);
    }
}
