"""A random but believable AWS account, and the verdicts it deserves.

Each module creates one part of the account and predicts the controls that rest on it. A prediction follows from what
the module created and from the benchmark; nothing here reads CisAws, or asks the server what CisAws will be told.
"""

import random

import boto3
from botocore.config import Config

FAIL, UNKNOWN, MANUAL, PASS, NOT_APPLICABLE = "Fail", "Unknown", "Manual", "Pass", "NotApplicable"


class Account:
    """The account under construction, its dice, and the predictions made so far."""

    id = "123456789012"
    outside = "us-west-2"  # A region that is never assessed: what is in it must not count.

    def __init__(self, seed, endpoint, regions):
        self.random = random.Random(seed)
        self.endpoint = endpoint
        self.regions = regions
        # How carefully the account is run; seeds in a row differ. Without the 1 a Pass of a "for all" control is too rare.
        self.quality = [0.9, 0.6, 0.8, 1][seed % 4]
        # The assessment's clock runs ahead of the server's by this much, for moto cannot make anything old.
        self.age_in_days = [0, 90, 91, 89, 0][seed % 5]
        self.predictions = []
        self.left_out = []
        self._clients = {}

    def client(self, service, region=None):
        key = (service, region or self.regions[0])
        if key not in self._clients:
            self._clients[key] = self.client_of("AKIAIOSFODNN7EXAMPLE", "secret", *key)
        return self._clients[key]

    def client_of(self, access_key_id, secret, service, region):
        """A client with a user's own access key."""
        return boto3.client(
            service, region_name=region, endpoint_url=self.endpoint, aws_access_key_id=access_key_id, aws_secret_access_key=secret,
            config=Config(retries={"total_max_attempts": 1}))

    def good(self):
        """True when the people of this account get a thing right."""
        return self.random.random() < self.quality

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, options):
        return self.random.choice(list(options))

    def global_arn(self, service, resource):
        return f"arn:aws:{service}::{self.id}:{resource}"

    def arn(self, service, region, resource):
        return f"arn:aws:{service}:{region}:{self.id}:{resource}"

    def predict(self, control, status, because):
        """The verdict of a control about the account as a whole."""
        self.predictions.append({"control": control, "status": status, "because": because})

    def predict_each(self, control, verdicts):
        """The verdict of a control about every resource of a kind, from (ARN, status, why) of each."""
        verdicts = list(verdicts)
        statuses = {status for _, status, _ in verdicts}
        status = next((s for s in (FAIL, UNKNOWN, MANUAL, PASS) if s in statuses), NOT_APPLICABLE)
        self.predictions.append({
            "control": control,
            "status": status,
            "because": "; ".join(f"{arn}: {why}" for arn, s, why in verdicts if s == status) or "there is none",
            "failing": sorted({arn for arn, s, _ in verdicts if s == FAIL}),
        })

    def leave_out(self, control, because):
        """No prediction, because moto does not answer as AWS would."""
        self.left_out.append({"control": control, "because": because})
