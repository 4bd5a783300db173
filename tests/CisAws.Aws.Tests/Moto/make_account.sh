#!/bin/sh
# An account as somebody makes it by hand on the first day. AWS_ENDPOINT_URL, the region us-east-1 and credentials come from outside.
set -eu
everything='{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'

aws iam update-account-password-policy --minimum-password-length 14 --require-symbols
aws iam create-user --user-name admin --tags Key=Owner,Value=ann
aws iam create-login-profile --user-name admin --password 'Welcome-1234567'
aws iam create-access-key --user-name admin
aws iam put-user-policy --user-name admin --policy-name everything --policy-document "$everything"
aws iam create-policy --policy-name everything --policy-document "$everything"

aws s3api create-bucket --bucket first-day-trail
aws cloudtrail create-trail --name first-day --s3-bucket-name first-day-trail --is-multi-region-trail
aws cloudtrail start-logging --name first-day
aws kms create-key --description 'first key'

aws ec2 create-security-group --group-name ssh --description 'SSH from anywhere' \
    --tag-specifications 'ResourceType=security-group,Tags=[{Key=Name,Value=ssh},{Key=Owner,Value=ann}]'
aws ec2 authorize-security-group-ingress --group-name ssh --protocol tcp --port 22 --cidr 0.0.0.0/0
aws ec2 authorize-security-group-ingress --region eu-west-1 --group-name default --protocol tcp --port 3000-4000 --cidr 0.0.0.0/0
