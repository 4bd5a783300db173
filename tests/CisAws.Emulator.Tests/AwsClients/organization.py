"""Lists an organization through boto3 or the AWS CLI, from the root down, and prints what it contains.

    organization.py boto3|cli ENDPOINT_URL REGION
"""
import json
import sys

from clients import Boto3, Cli


def main():
    client, endpoint, region = sys.argv[1:]
    aws = {"boto3": Boto3, "cli": Cli}[client](endpoint)

    def call(operation, **parameters):
        return aws.call("organizations", operation, region, **parameters)

    def unit(id, name):
        return {
            "id": id,
            "name": name,
            "accounts": [
                {
                    "id": a["Id"], "name": a["Name"], "state": a["State"],
                    "tags": {t["Key"]: t["Value"] for t in call("list_tags_for_resource", ResourceId=a["Id"])["Tags"]},
                }
                for a in call("list_accounts_for_parent", ParentId=id)["Accounts"]
            ],
            "units": [unit(u["Id"], u["Name"]) for u in call("list_organizational_units_for_parent", ParentId=id)["OrganizationalUnits"]],
        }

    root, = call("list_roots")["Roots"]
    management = call("describe_organization")["Organization"]["MasterAccountId"]
    json.dump({"managementAccountId": management, "root": unit(root["Id"], root["Name"])}, sys.stdout)


if __name__ == "__main__":
    main()
