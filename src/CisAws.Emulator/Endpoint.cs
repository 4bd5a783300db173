using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Faults;
using CisAws.Emulator.Services;
using CisAws.Emulator.Wire;

namespace CisAws.Emulator;

/// <summary>The reaction to a request: a response, a part of one, or none.</summary>
internal sealed record Reply(WireResponse? Answer, FaultEffect? Fault = null);

/// <summary>Responds to requests: finds the caller and the operation, checks the signature and injects faults.</summary>
internal sealed class Endpoint(AccountRegister register, EmulatorOptions options, Action<EmulatorRequest> onRequest)
{
    private readonly FaultPlan _faults = new(options.Faults);
    private readonly RateLimit _rate = new(options.Rate, options.Time);

    public Reply Answer(AwsRequest request)
    {
        var requestId = Guid.NewGuid().ToString();
        var authorization = AuthorizationHeader.TryParse(request.Header("Authorization"));
        var found = authorization is null ? null : ServiceCatalog.Find(authorization.Service, request);
        var (service, protocol) = found ?? ServiceCatalog.Guess(request);
        var principal = Find(authorization);
        var seen = new EmulatorRequest(authorization?.Service ?? "", "", "", authorization?.Region ?? "", principal?.Arn ?? "", "");
        try
        {
            if (authorization is null)
            {
                throw Error(service.ServiceErrorCodes.MissingToken);
            }

            if (found is null)
            {
                throw new AwsError(
                    "UnknownService", 400, $"The emulator does not serve '{authorization.Service}' over the protocol of this client. It serves " +
                    $"{string.Join(", ", ServiceCatalog.All.Select(s => s.SigningName).Distinct())}.");
            }

            var wire = protocol.Read(request);
            seen = seen with { Operation = wire.Operation };
            var operation = service.Find(wire.Operation);
            seen = seen with { Operation = operation.Name, Action = operation.Action, Arguments = wire.Input.ToString() };
            Authenticate(request, authorization, service, principal);
            var call = new Call(principal!, authorization.Region, operation.Name, wire.Input, register, options.PageSize);
            return Answer(call, operation, service, protocol, requestId);
        }
        catch (AwsError error)
        {
            return new Reply(WriteError(service, protocol, error, requestId));
        }
        catch (Exception e)
        {
            // Evidence that contradicts itself, or a bug of the emulator. There is no log, so the client gets the details.
            return new Reply(WriteError(service, protocol, new AwsError("EmulatorFailure", 500, e.ToString()), requestId));
        }
        finally
        {
            onRequest(seen);
        }
    }

    private Reply Answer(Call call, Operation operation, Service service, Protocol protocol, string requestId)
    {
        try
        {
            if (!_rate.TryTake(service.SigningName, call.Region))
            {
                throw new FaultException(FaultEffect.Throttled);
            }

            var fault = _faults.Next(operation.Action, call.Region);
            if (fault is not (null or FaultEffect.Truncated or FaultEffect.EmptyBody or FaultEffect.Interrupted or FaultEffect.ResponseLost))
            {
                throw new FaultException(fault.Value);
            }

            RequireEnabledRegion(call, service);
            var shape = operation.Answer(call);
            if (call.Input.Unread.FirstOrDefault() is { } unread)
            {
                throw AwsError.Validation($"The emulator does not support the parameter {unread} of {operation.Action}.");
            }

            var answer = With(protocol.Write(operation.Name, shape, requestId), call.Headers, service, requestId);
            return fault switch
            {
                FaultEffect.Truncated => new Reply(answer with { Body = answer.Body[..(answer.Body.Length / 2)] }),
                FaultEffect.EmptyBody => new Reply(answer with { Body = [] }),
                FaultEffect.ResponseLost => new Reply(null, fault),
                _ => new Reply(answer, fault),
            };
        }
        catch (FaultException fault)
        {
            return fault.Effect switch
            {
                FaultEffect.Reset or FaultEffect.Hang => new Reply(null, fault.Effect),
                FaultEffect.Html => new Reply(Html()),
                FaultEffect.WrongRoot => new Reply(With(protocol.WriteNonsense(), [], service, requestId)),
                _ => new Reply(WriteError(service, protocol, FaultErrors.For(fault, call.Principal.Arn, operation.Action, service.ServiceErrorCodes), requestId)),
            };
        }
    }

    private Principal? Find(AuthorizationHeader? authorization) => authorization is null
        ? null
        : register.Find(authorization.AccessKey) ?? (options.RequireSignature ? null : register.Accounts[0].Owner);

    private void Authenticate(AwsRequest request, AuthorizationHeader authorization, Service service, Principal? principal)
    {
        if (!options.RequireSignature)
        {
            return;
        }

        var token = request.Header("x-amz-security-token");
        if (principal is null || principal.SessionToken != token)
        {
            throw Error(service.ServiceErrorCodes.UnknownKey);
        }

        if (SignatureV4.Reject(request, authorization, principal.SecretKey, service.ServiceErrorCodes, DateTimeOffset.UtcNow) is { } why)
        {
            throw Error(why);
        }

        if (principal.Expiration < DateTimeOffset.UtcNow)
        {
            throw Error(service.ServiceErrorCodes.Expired);
        }
    }

    private static void RequireEnabledRegion(Call call, Service service)
    {
        // The endpoints of STS are regional, although the service belongs to no region.
        if ((!service.IsGlobal || service.SigningName == "sts") && call.Account.EnabledRegions is { } enabled && !enabled.Contains(call.Region))
        {
            throw Error(service.ServiceErrorCodes.RegionDisabled);
        }
    }

    private static AwsError Error(ServiceError word) => new(word.Code, word.Status, word.Message);

    private static WireResponse WriteError(Service service, Protocol protocol, AwsError error, string requestId) =>
        With(protocol.WriteError(error, requestId), error.Headers, service, requestId);

    private static WireResponse With(WireResponse answer, Dictionary<string, string> headers, Service service, string requestId)
    {
        answer.Headers[service.SigningName == "s3" ? "x-amz-request-id" : "x-amzn-RequestId"] = requestId;
        foreach (var (name, value) in headers)
        {
            answer.Headers[name] = value;
        }

        return answer;
    }

    private static WireResponse Html() => new(
        200, "text/html", Encoding.UTF8.GetBytes("<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Welcome to the network</h1></body></html>"));
}
