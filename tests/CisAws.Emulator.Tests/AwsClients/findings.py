"""Imports findings into Security Hub through the AWS CLI or boto3, reads and suppresses them, and prints what came of it.

    findings.py CLIENT ENDPOINT_URL REGION ACCOUNT_ID
"""
import json
import sys

from clients import AwsError, Boto3, Cli


def main():
    client, endpoint, region, account = sys.argv[1:]
    aws = Cli(endpoint) if client == "cli" else Boto3(endpoint)
    product = f"arn:aws:securityhub:{region}:{account}:product/{account}/default"

    def call(operation, **parameters):
        return aws.call("securityhub", operation, region, **parameters)

    def finding(name, hour, **other):
        time = f"2026-03-01T{hour:02}:00:00Z"
        return {
            "SchemaVersion": "2018-10-08", "Id": name, "ProductArn": product, "GeneratorId": f"g/{name}", "AwsAccountId": account, "CreatedAt": time,
            "UpdatedAt": time, "Title": f"{name} at {hour}", "Description": "d", "Severity": {"Label": "HIGH"}, "Types": ["Software and Configuration Checks"],
            "Resources": [{"Type": "Other", "Id": name}], **other,
        }

    def imported(*findings):
        answer = call("batch_import_findings", Findings=list(findings))
        return [answer["SuccessCount"], [f["Id"] for f in answer["FailedFindings"]]]

    def stored(prefix):
        found, token = [], {}
        while True:
            answer = call("get_findings", Filters={"GeneratorId": [{"Comparison": "PREFIX", "Value": prefix}]}, **token)
            found += [[f["Title"], f["Workflow"]["Status"]] for f in answer["Findings"]]
            if not answer.get("NextToken"):
                return found
            token = {"NextToken": answer["NextToken"]}

    imports = [imported(finding("a", 1), finding("b", 1), finding("c", 1, AwsAccountId="999999999999"))]
    call("batch_update_findings", FindingIdentifiers=[{"Id": "a", "ProductArn": product}], Workflow={"Status": "SUPPRESSED"}, Note={"Text": "n", "UpdatedBy": "u"})
    imports += [imported(finding("a", 2), finding("b", 0))]
    try:
        aws.call("securityhub", "batch_import_findings", "eu-west-1", Findings=[finding("a", 3)])
        elsewhere = "OK"
    except AwsError as error:
        elsewhere = error.code
    json.dump({"imports": imports, "all": stored("g/"), "b": stored("g/b"), "elsewhere": elsewhere}, sys.stdout)


if __name__ == "__main__":
    main()
