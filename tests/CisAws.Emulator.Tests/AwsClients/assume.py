"""Assumes a role through boto3 or the AWS CLI, and prints who the caller is then.

    assume.py boto3|cli ENDPOINT_URL REGION ROLE_ARN EXTERNAL_ID
"""
import json
import os
import sys

from clients import Boto3, Cli


def main():
    client, endpoint, region, role, external_id = sys.argv[1:]
    make = {"boto3": Boto3, "cli": Cli}[client]
    answer = make(endpoint).call("sts", "assume_role", region, RoleArn=role, RoleSessionName="test", ExternalId=external_id)
    credentials = answer["Credentials"]
    os.environ["AWS_ACCESS_KEY_ID"] = credentials["AccessKeyId"]
    os.environ["AWS_SECRET_ACCESS_KEY"] = credentials["SecretAccessKey"]
    os.environ["AWS_SESSION_TOKEN"] = credentials["SessionToken"]
    identity = make(endpoint).call("sts", "get_caller_identity", region)
    json.dump({"assumed": answer["AssumedRoleUser"]["Arn"], "caller": identity["Arn"], "account": identity["Account"]}, sys.stdout)


if __name__ == "__main__":
    main()
