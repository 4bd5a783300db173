"""Control 2.8: KMS keys of several kinds, with and without rotation."""

from . import FAIL, NOT_APPLICABLE, PASS

# How a key is made, and why it is outside 2.8; None where rotation is asked for.
KINDS = [
    ({}, None),
    ({}, None),
    ({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}, "asymmetric"),
    ({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}, "HMAC"),
    ({"Origin": "EXTERNAL"}, "imported material"),
]


class Keys:
    """Every customer managed key of the account."""

    def __init__(self, account):
        self._account = account
        self._verdicts = []

    def create(self, region, kind=KINDS[0], state="Enabled"):
        """Creates a key and gives its ARN."""
        kms = self._account.client("kms", region)
        settings, outside = kind
        key = kms.create_key(Description="application data", **settings)["KeyMetadata"]
        arn, key_id = key["Arn"], key["KeyId"]
        rotates = outside is None and self._account.good()
        if rotates:
            kms.enable_key_rotation(KeyId=key_id)
        if state == "Disabled":
            kms.disable_key(KeyId=key_id)
        elif state == "PendingDeletion":
            kms.schedule_key_deletion(KeyId=key_id, PendingWindowInDays=7)
        outside = outside or (state if state != "Enabled" else None)
        if region in self._account.regions:
            verdict = (NOT_APPLICABLE, outside) if outside else (PASS if rotates else FAIL, f"rotation is {rotates}")
            self._verdicts.append((arn, *verdict))
        return arn

    def build_others(self):
        """Keys that no trail uses; then the prediction, for all keys are there."""
        for region in self._account.regions:
            for _ in range(self._account.random.randrange(3)):
                self.create(region, self._account.pick(KINDS), self._account.pick(["Enabled"] * 4 + ["Disabled", "PendingDeletion"]))
        elsewhere = self._account.client("kms", self._account.outside)
        elsewhere.create_key(Description="not assessed, no rotation")
        self._account.predict_each("2.8", self._verdicts)
