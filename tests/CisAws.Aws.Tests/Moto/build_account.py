#!/usr/bin/env python3
"""Builds a random but believable AWS account in a moto server, and prints the verdicts it deserves as JSON.

    build_account.py --seed 7 --endpoint http://127.0.0.1:5000 --regions us-east-1,eu-west-1

The verdicts follow from the benchmark and from what was created; CisAws has no part in them. What moto answers
otherwise than AWS would is left out, or avoided when building:

    credential report           no root row; GeneratedTime always in 2015; a comma in a user name is not quoted
    GetAccountSummary           AccountMFAEnabled and AccountAccessKeysPresent always 0; no AccountPasswordPresent
    GetAccountPasswordPolicy    MaxPasswordAge 0 where none is set
    GetAccountAuthorizationDetails  no boundaries of users, no PermissionsBoundaryUsageCount: no policy is a boundary here
    ListEntitiesForPolicy       ignores PolicyUsageFilter; AWS managed policies only with MOTO_IAM_LOAD_MANAGED_POLICIES
    GetContactInformation       404, and an HTML page
    DescribeRegions             answers regions that are not opted in, too, when only enabled ones are asked for
    GetTrailStatus              no delivery to CloudWatch Logs, ever; times as empty texts
    DescribeTrails              HasCustomEventSelectors always false
    GetBucketPolicyStatus       answers a list of the bucket's objects
    GetBucketAcl                shows grants that IgnorePublicAcls or BucketOwnerEnforced make ineffective
    PutBucketLogging            500 when a bucket logs to itself
    DescribeConfigurationRecorderStatus  lastStatus PENDING for ever
    DescribeDeliveryChannelStatus  500
    KMS                         alias/aws keys are CUSTOMER keys; EXTERNAL keys are Enabled; replicas keep their own rotation
    DescribeVpcPeeringConnections  no CidrBlockSet: secondary ranges of a peer cannot be seen
    AuthorizeSecurityGroupIngress  500 for a protocol without ports, such as 47
    DescribeSecurityGroups      default groups have no rule for themselves
    ListSubscriptionsByTopic    subscriptions are confirmed from the start
    PutCompositeAlarm           not implemented
    organisations               an account's trails are all its own: no organisation trail to judge
"""

import argparse
import datetime
import json

from account import Account, identity, monitoring, network, recorders, trails
from account.keys import Keys


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--regions", required=True, type=lambda text: text.split(","))
    arguments = parser.parse_args()

    account = Account(arguments.seed, arguments.endpoint, arguments.regions)
    identity.build(account)
    keys = Keys(account)
    seen = trails.build(account, keys)
    keys.build_others()
    recorders.build(account)
    monitoring.build(account, seen)
    network.build(account)

    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=account.age_in_days)
    print(json.dumps({
        "assessAt": now.isoformat(),
        "predictions": account.predictions,
        "leftOut": account.left_out,
    }, indent=2))


if __name__ == "__main__":
    main()
