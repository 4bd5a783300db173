#!/bin/sh
# What later versions of the benchmark look at, good and bad. AWS_ENDPOINT_URL, the region us-east-1 and credentials come from outside.
set -eu
deny='{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::safe","arn:aws:s3:::safe/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}}'

aws s3api create-bucket --bucket safe
aws s3api put-bucket-policy --bucket safe --policy "$deny"
aws s3api put-bucket-versioning --bucket safe --versioning-configuration Status=Enabled
aws s3api put-bucket-encryption --bucket safe --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'
aws s3api put-public-access-block --bucket safe --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
aws s3api create-bucket --bucket bare --region eu-west-1 --create-bucket-configuration LocationConstraint=eu-west-1

aws rds create-db-instance --endpoint-url "$AWS_ENDPOINT_URL" --db-instance-identifier good --db-instance-class db.t3.micro --engine postgres --storage-encrypted --multi-az --no-publicly-accessible --auto-minor-version-upgrade --allocated-storage 20 --master-username u --master-user-password Welcome-1234567
aws rds create-db-instance --endpoint-url "$AWS_ENDPOINT_URL" --db-instance-identifier bad --region eu-west-1 --db-instance-class db.t3.micro --engine mysql --publicly-accessible --no-auto-minor-version-upgrade --allocated-storage 20 --master-username u --master-user-password Welcome-1234567
aws efs create-file-system --encrypted
aws efs create-file-system --region eu-west-1 --no-encrypted
aws ec2 enable-ebs-encryption-by-default
aws securityhub enable-security-hub
