#!/usr/bin/env python3
"""Signs requests for S3 with botocore, for Tests/SlipwayConnectorsTests/S3/S3SignatureTests.swift.

    .venv-s3/bin/python dev/references/s3_signatures.py

Writes Tests/Fixtures/s3/signatures.json: what the requests are, and the header Authorization of each.
"""

import datetime
import json
import pathlib
from unittest import mock

from botocore import auth, awsrequest, config, credentials

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MOMENT = datetime.datetime(2026, 3, 1, 9, 30, 7, tzinfo=datetime.timezone.utc)
ACCESS, SECRET, TOKEN = "AKIDEXAMPLE", "a/secret+of=nobody", "token+of/nobody=="
HOSTS = ["shop-data.s3.eu-central-1.amazonaws.com", "127.0.0.1:9000"]
UNRESERVED = "-._~"

# method, key, parameters, further headers, body, whether there is a session token
CASES = [
    ("GET", "warehouse/customers.parquet", {}, {"range": "bytes=0-8388607"}, "", False),
    ("GET", "", {"list-type": "2", "prefix": "a b/ü&c=d", "delimiter": "/", "continuation-token": "1/+=="}, {}, "", False),
    ("GET", "a b/ü$&'()*,;=:@!~-_.+/%41.csv", {}, {"if-match": '"0123456789abcdef"'}, "", True),
    ("PUT", "scores.csv", {}, {"if-none-match": "*", "content-type": "application/octet-stream"}, "id,score\n1,0.5\n", True),
    ("POST", "scores.csv", {"uploads": ""}, {}, "", False),
    ("PUT", "scores.csv", {"partNumber": "10000", "uploadId": "a.b_c-d~e/f+g="}, {}, "z" * 1000, False),
    ("DELETE", "scores.csv", {"uploadId": "x y"}, {}, "", False),
    ("HEAD", "//a//b", {}, {}, "", False),
]


def encoded(text, kept=""):
    from urllib.parse import quote

    return quote(text, safe=UNRESERVED + kept)


def signed(host, method, key, parameters, headers, body, has_token):
    query = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in parameters.items())
    url = f"https://{host}/{encoded(key, '/')}" + (f"?{query}" if query else "")
    request = awsrequest.AWSRequest(method=method, url=url, headers=dict(headers), data=body.encode())
    request.context["client_config"] = config.Config(s3={"payload_signing_enabled": True})
    keys = credentials.Credentials(ACCESS, SECRET, TOKEN if has_token else None)
    with mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: MOMENT.replace(tzinfo=None)):
        auth.S3SigV4Auth(keys, "s3", "eu-central-1").add_auth(request)
    return request.headers["Authorization"]


def main():
    document = {
        "moment": MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ"), "region": "eu-central-1", "access": ACCESS, "secret": SECRET,
        "token": TOKEN, "cases": [],
    }
    for host in HOSTS:
        for method, key, parameters, headers, body, has_token in CASES:
            document["cases"].append({
                "host": host, "method": method, "key": key, "parameters": parameters, "headers": headers, "body": body,
                "hasToken": has_token,
                "authorization": signed(host, method, key, parameters, headers, body, has_token),
            })
    path = ROOT / "Tests/Fixtures/s3/signatures.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
