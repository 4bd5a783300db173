"""Puts objects into a bucket through boto3, lists them and reads some, and prints what came of it.

    objects.py ENDPOINT_URL REGION BUCKET
"""
import json
import sys

from clients import AwsError, Boto3


def main():
    endpoint, region, bucket = sys.argv[1:]
    aws = Boto3(endpoint)

    def outcome(operation, key, **parameters):
        try:
            answer = aws.call("s3", operation, region, Bucket=bucket, Key=key, **parameters)
            return answer["Body"].read().decode() if "Body" in answer else "OK"
        except AwsError as error:
            return error.code

    def put(key, text, **condition):
        return outcome("put_object", key, Body=text.encode(), **condition)

    puts = [put("a/1", "one"), put("a/b c+ü", "two"), put("b", "three"), put("b", "other", IfNoneMatch="*"), put("new", "four", IfNoneMatch="*")]
    tags = {o["Key"]: o["ETag"] for o in aws.call("s3", "list_objects_v2", region, Bucket=bucket)["Contents"]}
    gets = [outcome("get_object", "b", IfMatch=tags["b"]), outcome("get_object", "a/b c+ü"), outcome("get_object", "c"), outcome("get_object", "b", IfMatch=tags["new"])]
    listed = [[o["Key"], o["Size"]] for o in aws.call("s3", "list_objects_v2", region, Bucket=bucket, Prefix="a/")["Contents"]]
    json.dump({"puts": puts, "gets": gets, "listed": listed}, sys.stdout)


if __name__ == "__main__":
    main()
