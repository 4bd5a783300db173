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
    private static readonly QueryOperation<GetAccountPasswordPolicyRequest, GetAccountPasswordPolicyResponse> GetAccountPasswordPolicy =
        Operation<GetAccountPasswordPolicyRequest, GetAccountPasswordPolicyResponse>("GetAccountPasswordPolicy", IamShapes.GetAccountPasswordPolicy);

    public Task<GetAccountPasswordPolicyResponse> GetAccountPasswordPolicyAsync(
        GetAccountPasswordPolicyRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetAccountPasswordPolicy, request, cancellationToken);

    private static QueryOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, Func<XElement, TResponse> read, Func<TRequest, IEnumerable<(string Name, string? Value)>>? write = null)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse =>
        new("iam", "2010-05-08", name, read, write);
}
