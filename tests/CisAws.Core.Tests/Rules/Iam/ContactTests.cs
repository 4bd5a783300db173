using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Core.Tests.Rules.Iam;

/// <summary>1.15, 1.17 and 1.18.</summary>
public sealed class ContactTests
{
    private static readonly ContactInformation Contact = new(
        FullName: "Ada Lovelace", CompanyName: "Analytical Engines", PhoneNumber: "+1 206 555 0142", AddressLine1: "12 St James Square", City: "London");

    private static readonly AlternateContact Security = new("Grace Hopper", "CISO", "grace@sec.example.com", "+1-206-555-0199");

    [Fact]
    public void Security_questions_are_manual_and_need_nothing()
    {
        var result = RuleTester.Control("1.15", new AccountEvidence(new AccountIdentity(RuleTester.AccountId, "aws", ""), RuleTester.Now));
        Assert.Equal((CisStatus.Manual, false), (result.Status, result.Incomplete));
        Assert.Empty(DefaultPrograms.Benchmark.Controls.Single(c => c.ControlId.ToString() == "1.15").Actions);
        Assert.False(DefaultPrograms.Benchmark.Controls.Single(c => c.ControlId.ToString() == "1.15").Scored);
    }

    [Fact]
    public void Contact_details_are_shown_masked_to_the_person_who_decides()
    {
        var result = RuleTester.Control("1.17", RuleTester.NewEvidence().Set(EvidenceKinds.ContactInformation, "", Contact));
        var finding = Assert.Single(result.Findings);
        Assert.Equal(CisStatus.Manual, result.Status);
        Assert.Equal("FullName=(set); CompanyName=(set); PhoneNumber=***42; Address=(set)", finding.Facts.ToString());
        Assert.Empty(finding.Warnings);
    }

    [Fact]
    public void What_is_missing_in_the_contact_details_is_a_warning()
    {
        var result = RuleTester.Control("1.17", RuleTester.NewEvidence().Set(EvidenceKinds.ContactInformation, "", Contact with { PhoneNumber = " " }));
        Assert.Equal("The contact details have no phone number.", Assert.Single(result.Findings[0].Warnings));
        var none = RuleTester.Control("1.17", RuleTester.NewEvidence().Set(EvidenceKinds.ContactInformation, "", null));
        Assert.Equal((CisStatus.Manual, "The account has no contact details."), (none.Status, Assert.Single(none.Findings[0].Warnings)));
    }

    [Theory]
    [InlineData(ReadFailureKind.AccessDenied)]
    [InlineData(ReadFailureKind.NotSupported)]
    public void Contact_details_that_cannot_be_read_are_manual_all_the_same(ReadFailureKind why)
    {
        var result = RuleTester.Control("1.17", RuleTester.NewEvidence().Deny(EvidenceKinds.ContactInformation, why: why));
        Assert.Equal((CisStatus.Manual, false), (result.Status, result.Incomplete));
        Assert.Contains("account:GetContactInformation", result.Reason);
    }

    [Fact]
    public void In_GovCloud_contact_details_are_manual_whatever_the_evidence()
    {
        var result = RuleTester.Control("1.17", RuleTester.NewEvidence("aws-us-gov").Set(EvidenceKinds.ContactInformation, "", Contact));
        Assert.Equal(CisStatus.Manual, result.Status);
        Assert.DoesNotContain(result.Findings[0].Facts, f => f.Name == "PhoneNumber");
    }

    [Theory]
    [InlineData("0142")]
    [InlineData("Ada")]
    [InlineData("Analytical")]
    [InlineData("James")]
    [InlineData("grace")]
    [InlineData("Hopper")]
    [InlineData("0199")]
    [InlineData("CISO")]
    public void No_detail_of_a_contact_is_in_a_result(string detail)
    {
        var evidence = RuleTester.NewEvidence().Set(EvidenceKinds.ContactInformation, "", Contact).Set(EvidenceKinds.SecurityContact, "", Security);
        foreach (var result in new[] { RuleTester.Control("1.17", evidence), RuleTester.Control("1.18", evidence), RuleTester.Control("1.18", evidence, Domains("other.example")) })
        {
            var texts = result.Findings.SelectMany(f => f.Facts.Select(x => x.Value).Concat(f.Warnings).Append(f.Reason)).Append(result.Reason);
            Assert.DoesNotContain(texts, t => t.Contains(detail));
        }
    }

    [Theory]
    [InlineData("+49 30", "***")]
    [InlineData("12345", "***45")]
    [InlineData("call me", "***")]
    public void A_phone_number_keeps_two_digits_if_it_has_others_to_hide_them_among(string number, string masked)
    {
        var result = RuleTester.Control("1.17", RuleTester.NewEvidence().Set(EvidenceKinds.ContactInformation, "", Contact with { PhoneNumber = number }));
        Assert.Contains(new CisFact("PhoneNumber", masked), result.Findings[0].Facts);
    }

    [Fact]
    public void A_security_contact_passes()
    {
        var result = RuleTester.Control("1.18", RuleTester.NewEvidence().Set(EvidenceKinds.SecurityContact, "", Security));
        Assert.Equal((CisStatus.Pass, "SecurityContactSet"), (result.Status, result.ReasonCode));
        Assert.Contains(new CisFact("EmailAddress", "***@sec.example.com"), result.Findings[0].Facts);
    }

    [Fact]
    public void No_security_contact_fails() =>
        Assert.Equal("NoSecurityContact", RuleTester.Control("1.18", RuleTester.NewEvidence().Set(EvidenceKinds.SecurityContact, "", null)).ReasonCode);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_security_contact_without_an_address_fails(string? address) =>
        Assert.Equal("NoEmailAddress", RuleTester.Control("1.18", RuleTester.NewEvidence().Set(EvidenceKinds.SecurityContact, "", Security with { EmailAddress = address })).ReasonCode);

    [Theory]
    [InlineData(ReadFailureKind.AccessDenied, CisStatus.Unknown, true)]
    [InlineData(ReadFailureKind.Throttled, CisStatus.Unknown, true)]
    [InlineData(ReadFailureKind.Unreachable, CisStatus.Unknown, true)]
    [InlineData(ReadFailureKind.NotSupported, CisStatus.Manual, false)]
    public void A_security_contact_that_cannot_be_read_is_unknown_and_manual_where_the_service_is_not_offered(
        ReadFailureKind why, CisStatus expected, bool incomplete)
    {
        var result = RuleTester.Control("1.18", RuleTester.NewEvidence().Deny(EvidenceKinds.SecurityContact, why: why));
        Assert.Equal((expected, incomplete), (result.Status, result.Incomplete));
    }

    [Fact]
    public void In_GovCloud_the_security_contact_is_manual() =>
        Assert.Equal(CisStatus.Manual, RuleTester.Control("1.18", RuleTester.NewEvidence("aws-us-gov").Deny(EvidenceKinds.SecurityContact)).Status);

    [Theory]
    [InlineData("sec.example.com", CisStatus.Pass)]
    [InlineData("SEC.EXAMPLE.COM", CisStatus.Pass)]
    [InlineData("example.com", CisStatus.Fail)]
    [InlineData("ec.example.com", CisStatus.Fail)]
    public void The_address_must_be_in_a_domain_of_the_program(string domain, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Control("1.18", RuleTester.NewEvidence().Set(EvidenceKinds.SecurityContact, "", Security), Domains("other.example", domain)).Status);

    private static (string, object) Domains(params string[] domains) => ("RequiredContactDomains", new PrintableList<string>(domains));
}
