using System;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.Rules.Policies;

namespace CisAws.Aws.Tests.Readers;

public class IamReadersTests
{
    [Fact]
    public async Task A_password_policy_is_read_with_its_gaps()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetAccountPasswordPolicy", Result("GetAccountPasswordPolicy", """
            <PasswordPolicy>
              <AllowUsersToChangePassword>true</AllowUsersToChangePassword><RequireUppercaseCharacters>true</RequireUppercaseCharacters>
              <RequireSymbols>false</RequireSymbols><ExpirePasswords>false</ExpirePasswords><PasswordReusePrevention>12</PasswordReusePrevention>
              <RequireLowercaseCharacters>true</RequireLowercaseCharacters><RequireNumbers>true</RequireNumbers><MinimumPasswordLength>9</MinimumPasswordLength>
            </PasswordPolicy>
            """));

        var fact = await aws.ReadAsync(EvidenceKinds.PasswordPolicy);

        Assert.Equal(
            new PasswordPolicy(9, true, true, false, true, false, null, 12, true, null),
            fact.Match(p => p, why => throw new InvalidOperationException(why.Message)));
        Assert.Equal(new Origin("iam:GetAccountPasswordPolicy", "", aws.Now), fact.Origin);
        var request = Assert.Single(aws.Requests);
        Assert.Equal("Action=GetAccountPasswordPolicy&Version=2010-05-08", request.Body);
        Assert.Equal("us-east-1/iam", request.SignedFor);
    }

    [Fact]
    public async Task No_password_policy_is_known_to_be_none()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetAccountPasswordPolicy", CannedAnswer.QueryError("NoSuchEntity", 404));

        Assert.Null(await aws.KnownAsync(EvidenceKinds.PasswordPolicy));
    }

    [Fact]
    public async Task A_refusal_names_action_and_code()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetAccountPasswordPolicy", CannedAnswer.QueryError("AccessDenied", 403, "User is not authorized."));

        Assert.Equal(
            new ReadFailure("iam:GetAccountPasswordPolicy", "", "AccessDenied", ReadFailureKind.AccessDenied, "User is not authorized."),
            await aws.UnreadableAsync(EvidenceKinds.PasswordPolicy));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Sign in<br></body></html>")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("{}")]
    [InlineData("<GetAccountPasswordPolicyResponse/>")]
    [InlineData("<GetAccountPasswordPolicyResponse><GetAccountPasswordPolicyResult><PasswordPolicy><MinimumPasswordLength>many</MinimumPasswordLength></PasswordPolicy></GetAccountPasswordPolicyResult></GetAccountPasswordPolicyResponse>")]
    public async Task What_is_not_an_answer_is_malformed_and_never_no_policy(string body)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetAccountPasswordPolicy", body);

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.PasswordPolicy)).Kind);
    }

    [Fact]
    public async Task The_summary_holds_what_was_answered_and_no_more()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetAccountSummary", Result("GetAccountSummary", """
            <SummaryMap><entry><key>AccountMFAEnabled</key><value>1</value></entry><entry><key>Users</key><value>27</value></entry></SummaryMap>
            """));

        var summary = await aws.KnownAsync(EvidenceKinds.AccountSummary);

        Assert.Equal([("AccountMFAEnabled", 1), ("Users", 27)], summary.Select(e => (e.Key, e.Value)));
    }

    [Fact]
    public async Task Assigned_devices_are_read_over_all_pages()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(
            "ListVirtualMFADevices",
            Page("ListVirtualMFADevices", "<VirtualMFADevices/>", "m/1+="),
            Page("ListVirtualMFADevices", """
                <VirtualMFADevices><member><SerialNumber>arn:aws:iam::111122223333:mfa/root</SerialNumber><EnableDate>2025-01-02T03:04:05Z</EnableDate>
                <User><Arn>arn:aws:iam::111122223333:root</Arn></User></member></VirtualMFADevices>
                """, null));

        var device = Assert.Single(await aws.KnownAsync(EvidenceKinds.VirtualMfaDevices));

        Assert.Equal(
            new VirtualMfaDevice("arn:aws:iam::111122223333:mfa/root", "arn:aws:iam::111122223333:root", new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero)), device);
        Assert.Equal(
            ["Action=ListVirtualMFADevices&Version=2010-05-08&AssignmentStatus=Assigned", "Action=ListVirtualMFADevices&Version=2010-05-08&AssignmentStatus=Assigned&Marker=m%2F1%2B%3D"],
            aws.Requests.Select(r => r.Body));
    }

    [Fact]
    public async Task A_marker_that_comes_twice_is_malformed_and_ends()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListInstanceProfiles", Page("ListInstanceProfiles", "<InstanceProfiles/>", "again"));

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.InstanceProfiles)).Kind);
        Assert.Equal(2, aws.Requests.Count);
    }

    [Fact]
    public async Task A_truncated_page_without_a_marker_is_malformed_and_not_the_last()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListInstanceProfiles", Result("ListInstanceProfiles", "<IsTruncated>true</IsTruncated><InstanceProfiles/>"));

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.InstanceProfiles)).Kind);
    }

    [Fact]
    public async Task Instance_profiles_come_with_their_roles()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListInstanceProfiles", Result("ListInstanceProfiles", """
            <IsTruncated>false</IsTruncated><InstanceProfiles><member><InstanceProfileName>web</InstanceProfileName>
            <Arn>arn:aws:iam::111122223333:instance-profile/web</Arn><Roles><member><RoleName>Web</RoleName></member></Roles></member></InstanceProfiles>
            """));

        var profile = Assert.Single(await aws.KnownAsync(EvidenceKinds.InstanceProfiles));

        Assert.Equal(("web", "arn:aws:iam::111122223333:instance-profile/web", "Web"), (profile.Name, profile.Arn, Assert.Single(profile.Roles)));
    }

    [Fact]
    public async Task Access_keys_are_listed_for_one_user_with_all_pages()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(
            "ListAccessKeys",
            Page("ListAccessKeys", "<AccessKeyMetadata><member><UserName>many.keys</UserName><AccessKeyId>AKIAEXAMPLE1</AccessKeyId><Status>Active</Status><CreateDate>2026-01-16T04:21:13Z</CreateDate></member></AccessKeyMetadata>", "2"),
            Page("ListAccessKeys", "<AccessKeyMetadata><member><UserName>many.keys</UserName><AccessKeyId>AKIAEXAMPLE2</AccessKeyId><Status>Inactive</Status><CreateDate>2025-10-13T01:31:05Z</CreateDate></member></AccessKeyMetadata>", null));

        Assert.Equal(
            [
                new AccessKey("AKIAEXAMPLE1", "Active", new DateTimeOffset(2026, 1, 16, 4, 21, 13, TimeSpan.Zero)),
                new AccessKey("AKIAEXAMPLE2", "Inactive", new DateTimeOffset(2025, 10, 13, 1, 31, 5, TimeSpan.Zero)),
            ],
            await aws.KnownAsync(EvidenceKinds.AccessKeys, "many.keys"));
        Assert.Equal("Action=ListAccessKeys&Version=2010-05-08&UserName=many.keys", aws.Requests.First().Body);
    }

    [Fact]
    public async Task A_user_that_was_deleted_since_the_report_has_no_keys_and_an_answer_without_the_list_is_malformed()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListAccessKeys", CannedAnswer.QueryError("NoSuchEntity", 404));
        Assert.Empty(await aws.KnownAsync(EvidenceKinds.AccessKeys, "gone"));

        await using var odd = await CannedAws.StartAsync();
        odd.On("ListAccessKeys", Result("ListAccessKeys", "<IsTruncated>false</IsTruncated>"));
        var why = await odd.UnreadableAsync(EvidenceKinds.AccessKeys, "many.keys");
        Assert.Equal(("iam:ListAccessKeys", ReadFailureKind.Malformed), (why.Action, why.Kind));
    }

    [Fact]
    public async Task Support_is_looked_for_in_AWSs_own_policy_and_as_a_permission_only()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("ListEntitiesForPolicy", Result("ListEntitiesForPolicy", """
            <PolicyRoles><member><RoleName>Support</RoleName></member></PolicyRoles><PolicyGroups><member><GroupName>Ops</GroupName></member></PolicyGroups>
            <PolicyUsers/><IsTruncated>false</IsTruncated>
            """));

        var entities = await aws.KnownAsync(EvidenceKinds.SupportPolicyEntities);

        Assert.Equal(("Support", "Ops", 0), (Assert.Single(entities!.Roles), Assert.Single(entities.Groups), entities.Users.Count));
        Assert.Equal(
            "Action=ListEntitiesForPolicy&Version=2010-05-08&PolicyArn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FAWSSupportAccess&PolicyUsageFilter=PermissionsPolicy",
            Assert.Single(aws.Requests).Body);
    }

    [Fact]
    public async Task Authorization_details_are_read_over_pages_and_decoded()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(
            "GetAccountAuthorizationDetails",
            Page("GetAccountAuthorizationDetails", """
                <UserDetailList><member><UserName>ann</UserName><Arn>arn:aws:iam::111122223333:user/ann</Arn><CreateDate>2024-05-06T07:08:09Z</CreateDate>
                <GroupList><member>Ops</member></GroupList>
                <UserPolicyList><member><PolicyName>in</PolicyName><PolicyDocument>%7B%22a%22%3A%22b+c%20d%22%7D</PolicyDocument></member></UserPolicyList>
                <AttachedManagedPolicies><member><PolicyName>RO</PolicyName><PolicyArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PolicyArn></member></AttachedManagedPolicies>
                <PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>arn:aws:iam::111122223333:policy/edge</PermissionsBoundaryArn></PermissionsBoundary>
                <Tags><member><Key>Owner</Key><Value>ops &amp; co</Value></member><member><Key>Temporary</Key><Value/></member></Tags>
                </member><member><UserName>bob</UserName><Arn>arn:aws:iam::111122223333:user/bob</Arn><CreateDate>2024-05-06T07:08:09Z</CreateDate>
                <GroupList/><AttachedManagedPolicies/></member></UserDetailList><GroupDetailList/><RoleDetailList/><Policies/>
                """, "2"),
            Page("GetAccountAuthorizationDetails", """
                <UserDetailList/>
                <GroupDetailList><member><GroupName>Ops</GroupName><Arn>arn:aws:iam::111122223333:group/Ops</Arn><GroupPolicyList/><AttachedManagedPolicies/></member></GroupDetailList>
                <RoleDetailList><member><RoleName>R</RoleName><Arn>arn:aws:iam::111122223333:role/R</Arn><AssumeRolePolicyDocument>%7B%7D</AssumeRolePolicyDocument><AttachedManagedPolicies/></member></RoleDetailList>
                <Policies><member><PolicyName>P</PolicyName><Arn>arn:aws:iam::111122223333:policy/P</Arn><DefaultVersionId>v2</DefaultVersionId><AttachmentCount>3</AttachmentCount>
                <PermissionsBoundaryUsageCount>1</PermissionsBoundaryUsageCount>
                <PolicyVersionList><member><VersionId>v2</VersionId><IsDefaultVersion>true</IsDefaultVersion><Document>%5B%5D</Document></member></PolicyVersionList></member></Policies>
                """, null));

        var details = await aws.KnownAsync(EvidenceKinds.AuthorizationDetails);

        Assert.Equal(2, details.Users.Count);
        var user = details.Users[0];
        Assert.Equal(("ann", new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero)), (user.Name, user.CreateDate));
        Assert.Equal(new InlinePolicy("in", "{\"a\":\"b+c d\"}"), Assert.Single(user.InlinePolicies));
        Assert.Equal(new AttachedPolicy("RO", "arn:aws:iam::aws:policy/ReadOnlyAccess"), Assert.Single(user.AttachedPolicies));
        Assert.Equal(("Ops", "arn:aws:iam::111122223333:policy/edge"), (Assert.Single(user.Groups), user.PermissionsBoundaryArn));
        Assert.Equal([("Owner", "ops & co"), ("Temporary", "")], user.Tags!.Select(t => (t.Key, t.Value)));
        Assert.Empty(details.Users[1].Tags!);
        Assert.Equal("Ops", Assert.Single(details.Groups).Name);
        Assert.Equal("{}", Assert.Single(details.Roles).AssumeRolePolicyDocument);
        var policy = Assert.Single(details.Policies);
        Assert.Equal(("P", 3, 1, "v2"), (policy.Name, policy.AttachmentCount, policy.PermissionsBoundaryUsageCount, policy.DefaultVersionId));
        Assert.Equal(new PolicyVersion("v2", true, "[]"), Assert.Single(policy.Versions));
        Assert.Contains("&Filter.member.1=User&Filter.member.2=Group&Filter.member.3=Role&Filter.member.4=LocalManagedPolicy&", aws.Requests.First().Body, StringComparison.Ordinal);
        Assert.EndsWith("&Marker=2", aws.Requests.Last().Body, StringComparison.Ordinal);
    }

    private static string Result(string operation, string result) =>
        $"""<{operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><{operation}Result>{result}</{operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{operation}Response>""";

    private static CannedAnswer Page(string operation, string result, string? marker) => new(Result(
        operation, result + (marker is null ? "<IsTruncated>false</IsTruncated>" : $"<IsTruncated>true</IsTruncated><Marker>{marker}</Marker>")));
}
