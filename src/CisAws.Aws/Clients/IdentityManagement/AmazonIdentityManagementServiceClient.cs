using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.IdentityManagement;

/// <summary>AWS Identity and Access Management: the read operations the benchmark takes.</summary>
internal sealed class AmazonIdentityManagementServiceClient(AWSCredentials credentials, AmazonIdentityManagementServiceConfig config)
    : ThinClient(credentials, config)
{
    private static readonly QueryOperation<GenerateCredentialReportRequest, GenerateCredentialReportResponse> GenerateCredentialReport =
        Operation<GenerateCredentialReportRequest, GenerateCredentialReportResponse>(
            "GenerateCredentialReport",
            IamShapes.GenerateCredentialReport);

    private static readonly QueryOperation<GetCredentialReportRequest, GetCredentialReportResponse> GetCredentialReport =
        Operation<GetCredentialReportRequest, GetCredentialReportResponse>("GetCredentialReport", IamShapes.GetCredentialReport);

    private static readonly QueryOperation<GetAccountSummaryRequest, GetAccountSummaryResponse> GetAccountSummary =
        Operation<GetAccountSummaryRequest, GetAccountSummaryResponse>("GetAccountSummary", IamShapes.GetAccountSummary);

    private static readonly QueryOperation<GetAccountPasswordPolicyRequest, GetAccountPasswordPolicyResponse> GetAccountPasswordPolicy =
        Operation<GetAccountPasswordPolicyRequest, GetAccountPasswordPolicyResponse>(
            "GetAccountPasswordPolicy",
            IamShapes.GetAccountPasswordPolicy);

    private static readonly QueryOperation<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse> ListVirtualMFADevices =
        Operation<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse>(
            "ListVirtualMFADevices",
            IamShapes.ListVirtualMFADevices,
            r => [("AssignmentStatus", r.AssignmentStatus), ("MaxItems", QueryForm.Number(r.MaxItems)), ("Marker", r.Marker)]);

    private static readonly QueryOperation<GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse> GetAccountAuthorizationDetails =
        Operation<GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse>(
            "GetAccountAuthorizationDetails",
            IamShapes.GetAccountAuthorizationDetails,
            r => [.. QueryForm.List("Filter", r.Filter), ("MaxItems", QueryForm.Number(r.MaxItems)), ("Marker", r.Marker)]);

    private static readonly QueryOperation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse> ListEntitiesForPolicy =
        Operation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse>(
            "ListEntitiesForPolicy",
            IamShapes.ListEntitiesForPolicy,
            r => [("PolicyArn", r.PolicyArn), ("PolicyUsageFilter", r.PolicyUsageFilter), ("MaxItems", QueryForm.Number(r.MaxItems)), ("Marker", r.Marker)]);

    private static readonly QueryOperation<ListInstanceProfilesRequest, ListInstanceProfilesResponse> ListInstanceProfiles =
        Operation<ListInstanceProfilesRequest, ListInstanceProfilesResponse>(
            "ListInstanceProfiles",
            IamShapes.ListInstanceProfiles,
            r => [("MaxItems", QueryForm.Number(r.MaxItems)), ("Marker", r.Marker)]);

    private static readonly QueryOperation<ListAccessKeysRequest, ListAccessKeysResponse> ListAccessKeys =
        Operation<ListAccessKeysRequest, ListAccessKeysResponse>(
            "ListAccessKeys",
            IamShapes.ListAccessKeys,
            r => [("UserName", r.UserName), ("MaxItems", QueryForm.Number(r.MaxItems)), ("Marker", r.Marker)]);

    private static readonly QueryOperation<ListServerCertificatesRequest, ListServerCertificatesResponse> ListServerCertificates =
        Operation<ListServerCertificatesRequest, ListServerCertificatesResponse>(
            "ListServerCertificates",
            IamShapes.ListServerCertificates,
            r => [("MaxItems", QueryForm.Number(r.MaxItems)), ("Marker", r.Marker)]);

    public Task<GenerateCredentialReportResponse> GenerateCredentialReportAsync(
        GenerateCredentialReportRequest request, CancellationToken cancellationToken = default) => InvokeAsync(GenerateCredentialReport, request, cancellationToken);

    public Task<GetCredentialReportResponse> GetCredentialReportAsync(
        GetCredentialReportRequest request, CancellationToken cancellationToken = default) => InvokeAsync(GetCredentialReport, request, cancellationToken);

    public Task<GetAccountSummaryResponse> GetAccountSummaryAsync(
        GetAccountSummaryRequest request, CancellationToken cancellationToken = default) => InvokeAsync(GetAccountSummary, request, cancellationToken);

    public Task<GetAccountPasswordPolicyResponse> GetAccountPasswordPolicyAsync(
        GetAccountPasswordPolicyRequest request, CancellationToken cancellationToken = default) => InvokeAsync(GetAccountPasswordPolicy, request, cancellationToken);

    public Task<ListVirtualMFADevicesResponse> ListVirtualMFADevicesAsync(
        ListVirtualMFADevicesRequest request, CancellationToken cancellationToken = default) => InvokeAsync(ListVirtualMFADevices, request, cancellationToken);

    public Task<GetAccountAuthorizationDetailsResponse> GetAccountAuthorizationDetailsAsync(
        GetAccountAuthorizationDetailsRequest request, CancellationToken cancellationToken = default) => InvokeAsync(GetAccountAuthorizationDetails, request, cancellationToken);

    public Task<ListEntitiesForPolicyResponse> ListEntitiesForPolicyAsync(
        ListEntitiesForPolicyRequest request, CancellationToken cancellationToken = default) => InvokeAsync(ListEntitiesForPolicy, request, cancellationToken);

    public Task<ListInstanceProfilesResponse> ListInstanceProfilesAsync(
        ListInstanceProfilesRequest request, CancellationToken cancellationToken = default) => InvokeAsync(ListInstanceProfiles, request, cancellationToken);

    public Task<ListAccessKeysResponse> ListAccessKeysAsync(
        ListAccessKeysRequest request, CancellationToken cancellationToken = default) => InvokeAsync(ListAccessKeys, request, cancellationToken);

    public Task<ListServerCertificatesResponse> ListServerCertificatesAsync(
        ListServerCertificatesRequest request, CancellationToken cancellationToken = default) => InvokeAsync(ListServerCertificates, request, cancellationToken);

    private static QueryOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, Func<XElement, TResponse> read, Func<TRequest, IEnumerable<(string Name, string? Value)>>? write = null)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse =>
        new("iam", "2010-05-08", name, read, write);
}
