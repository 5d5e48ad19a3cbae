#!/usr/bin/env python3
"""Sends customers to a running server, one request each, and keeps what came true.

    python3 traffic.py --url http://127.0.0.1:8080 --labels labels.csv
    python3 traffic.py --url http://127.0.0.1:8080 --only "internet_service=Fiber optic" --labels labels.csv

Each request carries the customer's fields, as a shop's own program would send them. The answers' ids are written to
the labels file with the true outcome, ready for `slipway feedback churn --from labels.csv`. Only Python's standard
library is used.
"""

import argparse
import csv
import http.client
import json
import pathlib
import sys
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
TEXTS = {
    "multiple_lines", "internet_service", "online_security", "online_backup", "device_protection", "tech_support",
    "streaming_tv", "streaming_movies", "contract", "payment_method",
}


def main():
    parser = argparse.ArgumentParser(description="Send customers to a Slipway server.")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--from", dest="source", default=HERE / "customers.csv", help="CSV file (default: customers.csv)")
    parser.add_argument("--only", help="COLUMN=VALUE: only customers with that value")
    parser.add_argument("--skip", type=int, default=0, help="leave out the first SKIP customers")
    parser.add_argument("--count", type=int, default=500, help="how many customers to send (default: 500)")
    parser.add_argument("--labels", required=True, help="CSV file to write: id,actual")
    options = parser.parse_args()

    with open(options.source, newline="", encoding="utf-8") as file:
        customers = list(csv.DictReader(file))[options.skip:]
    if options.only:
        column, _, wanted = options.only.partition("=")
        customers = [customer for customer in customers if customer[column] == wanted]
    try:
        labels = send(customers[: options.count], options.url)
    except (OSError, http.client.HTTPException, ValueError) as error:
        sys.exit(f"traffic.py: {error}")
    with open(options.labels, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "actual"])
        writer.writerows(labels)
    print(f"{len(labels)} customers predicted, their outcomes written to {options.labels}")


def send(customers, url):
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    labels = []
    for customer in customers:
        body = json.dumps(record(customer))
        connection.request("POST", "/models/churn/predict", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = json.loads(response.read())
        if response.status != 200:
            raise ValueError(f"customer {customer['customer_id']}: {answer['error']['message']}")
        labels.append([answer["id"], customer["churn"]])
    connection.close()
    return labels


def record(customer):
    """The customer as a record: numbers as numbers, an empty cell as null, the outcome left out."""
    fields = {name: text for name, text in customer.items() if name != "churn"}
    return {
        name: None if text == "" else text if name in TEXTS else int(text) if text.isdigit() else float(text)
        for name, text in fields.items()
    }


if __name__ == "__main__":
    main()
